package templating

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"

	"fluxwright.dev/flux-render-wasm/document"
	"fluxwright.dev/flux-render-wasm/fault"
)

var (
	parseError = regexp.MustCompile(`(?s)^parse error (?:at|in) \(([^()]*)\): (.*)$`)
	failError  = regexp.MustCompile(`(?s)^execution error (?:at|in) \(([^()]*)\): (.*)$`)
	plainError = regexp.MustCompile(`(?s)^template: ([^ ]+?:\d+(?::\d+)?): (.*)$`)
	// What stands before the error of the template that was called.
	calledTemplate = regexp.MustCompile(`(?s)^error calling (?:include: |tpl: error during tpl function execution for ".*?": )template: `)
	position       = regexp.MustCompile(`^(.*?)(?::(\d+))?(?::(\d+))?$`)
	frameLine      = regexp.MustCompile(`^(\S.*?:\d+:\d+)$`)
	executingLine  = regexp.MustCompile(`^  executing (.*):$`)
	yamlError      = regexp.MustCompile(`(?s)^YAML parse error on (.*?): (.*)$`)
	yamlLine       = regexp.MustCompile(`line (\d+): `)
	yamlPrefix     = regexp.MustCompile(`^(error converting YAML to JSON: )?(yaml: )?`)
	schemaChart    = regexp.MustCompile(`^(\S+):$`)
	unknownKeys    = regexp.MustCompile(`(?s)^additional properties '(.*)' not allowed$`)
	schemaLine     = regexp.MustCompile(`^\s*- at '(.*?)': (.*)$`)
)

// locate turns the text of an error from Helm's engine into a place and a
// message. The engine gives text only: these are its formats (engine.go, reformatExecErrorMsg and cleanupParseError).
func locate(err error) *fault.Fault {
	message := err.Error()
	if match := parseError.FindStringSubmatch(message); match != nil {
		return placed(fault.TemplateParse, match[1], match[2])
	}
	if match := failError.FindStringSubmatch(message); match != nil {
		return placed(fault.TemplateFail, match[1], match[2])
	}
	if trace, rest := readTrace(message); len(trace) > 0 {
		return traced(trace, rest)
	}
	if trace, rest := readChain(message); len(trace) > 0 {
		return traced(trace, rest)
	}
	if match := plainError.FindStringSubmatch(message); match != nil {
		return placed(fault.Template, match[1], match[2])
	}
	return fault.New(fault.Template, "%s", message)
}

// valueTemplate is what Helm calls the text of a value that tpl renders: it is in no file.
const valueTemplate = "gotpl"

func traced(trace []fault.Frame, message string) *fault.Fault {
	inner := trace[0]
	for _, frame := range trace {
		if frame.File != valueTemplate {
			inner = frame
		}
	}
	return &fault.Fault{Kind: fault.Template, Message: message, File: inner.File, Line: inner.Line, Column: inner.Column, Trace: shortened(trace)}
}

func placed(kind fault.Kind, at, message string) *fault.Fault {
	frame := readPosition(at)
	return &fault.Fault{Kind: kind, Message: strings.TrimSpace(message), File: frame.File, Line: frame.Line, Column: frame.Column}
}

func readPosition(at string) fault.Frame {
	match := position.FindStringSubmatch(at)
	line, _ := strconv.Atoi(match[2])
	column := 0
	if offset, err := strconv.Atoi(match[3]); err == nil {
		// text/template counts bytes from 0.
		column = offset + 1
	}
	return fault.Frame{File: match[1], Line: line, Column: column}
}

// readTrace reads the lines "place", "  executing … at <…>:", "    message" that repeat from the outermost template inwards.
// Only the last message says what is wrong; the others say that a call failed.
func readTrace(message string) ([]fault.Frame, string) {
	var trace []fault.Frame
	var rest []string
	for _, line := range strings.Split(message, "\n") {
		if match := frameLine.FindStringSubmatch(line); match != nil {
			trace = append(trace, readPosition(match[1]))
			rest = nil
		} else if match := executingLine.FindStringSubmatch(line); match != nil && len(trace) > 0 {
			trace[len(trace)-1].Action = match[1]
		} else {
			rest = append(rest, strings.TrimPrefix(line, "    "))
		}
	}
	return trace, strings.TrimSpace(strings.Join(rest, "\n"))
}

// readChain reads "template: place: executing … at <…>: message", where the message of a call of another template is again such
// a text. Helm leaves it like that where a function fails (engine.go, reformatExecErrorMsg).
func readChain(message string) ([]fault.Frame, string) {
	var trace []fault.Frame
	for {
		text, isTemplate := strings.CutPrefix(message, "template: ")
		place, text, isExecuting := strings.Cut(text, ": executing ")
		action, rest, isPlaced := strings.Cut(text, ">: ")
		if !isTemplate || !isExecuting || !isPlaced || strings.Contains(place, "\n") {
			return trace, strings.TrimSpace(strings.TrimPrefix(message, "error calling include: "))
		}
		frame := readPosition(place)
		frame.Action = action + ">"
		trace = append(trace, frame)
		message = calledTemplate.ReplaceAllString(rest, "template: ")
	}
}

// mostFrames is how much is kept of each end of a long chain: a template that includes itself fails a thousand calls deep.
const mostFrames = 16

func shortened(trace []fault.Frame) []fault.Frame {
	if len(trace) <= 2*mostFrames {
		return trace
	}
	return slices.Delete(trace, mostFrames, len(trace)-mostFrames)
}

// valuesFault reads Helm's list of schema violations: a line per chart, then "- at '<pointer>': <message>" lines.
func valuesFault(err error) *fault.Fault {
	heading, list, found := strings.Cut(err.Error(), "\n")
	if !found {
		return fault.New(fault.ValuesSchema, "%v", err)
	}
	result := fault.New(fault.ValuesSchema, "%s", strings.TrimSpace(err.Error()))
	chartName := ""
	charts := map[string]int{}
	// A schema that is none is told by the same lines, of which the pointers are into the schema.
	isSchema, schemaFails := false, false
	for _, line := range strings.Split(list, "\n") {
		if match := schemaChart.FindStringSubmatch(line); match != nil {
			chartName = match[1]
			charts[chartName] = len(charts)
			isSchema = false
		} else if isSchema || strings.Contains(line, "is not valid against metaschema") {
			isSchema, schemaFails = true, true
		} else if match := schemaLine.FindStringSubmatch(line); match != nil {
			result.Violations = append(result.Violations, fault.Violation{Chart: chartName, Pointer: match[1], Message: keysInOrder(match[2])})
		}
	}
	// The schema library goes through maps.
	slices.SortFunc(result.Violations, func(a, b fault.Violation) int {
		return cmp.Or(cmp.Compare(charts[a.Chart], charts[b.Chart]), cmp.Compare(a.Pointer, b.Pointer), cmp.Compare(a.Message, b.Message))
	})
	if len(result.Violations) > 0 && !schemaFails {
		result.Message = strings.TrimSuffix(heading, ":")
	}
	return result
}

// keysInOrder sorts the keys that a schema does not know: the schema library tells them in any order.
func keysInOrder(message string) string {
	match := unknownKeys.FindStringSubmatch(message)
	if match == nil {
		return message
	}
	keys := strings.Split(match[1], "', '")
	slices.Sort(keys)
	return "additional properties '" + strings.Join(keys, "', '") + "' not allowed"
}

// yamlFault says which rendered document is no YAML, and where in the text of its template.
func yamlFault(rendered map[string]string, err error) *fault.Fault {
	match := yamlError.FindStringSubmatch(err.Error())
	if match == nil {
		return fault.New(fault.YAML, "%v", err)
	}
	file, message := match[1], yamlPrefix.ReplaceAllString(match[2], "")
	result := &fault.Fault{Kind: fault.YAML, Message: yamlLine.ReplaceAllString(message, ""), File: file}
	within := yamlLine.FindStringSubmatch(message)
	broken := firstBroken(rendered[file])
	if within == nil || broken == "" {
		return result
	}
	line, _ := strconv.Atoi(within[1])
	before := strings.Count(rendered[file][:strings.Index(rendered[file], broken)], "\n")
	result.Rendered = &fault.Excerpt{Line: before + line, Text: around(broken, line)}
	return result
}

func firstBroken(text string) string {
	for _, part := range document.Split(text) {
		if _, err := yaml.YAMLToJSON([]byte(part)); err != nil {
			return part
		}
	}
	return ""
}

// around gives the line and up to three on each side, each of at most 200 bytes.
func around(text string, line int) string {
	lines := strings.Split(text, "\n")
	from, to := max(line-4, 0), min(line+3, len(lines))
	if from >= to {
		return ""
	}
	excerpt := lines[from:to]
	for i, one := range excerpt {
		if len(one) > 200 {
			excerpt[i] = strings.ToValidUTF8(one[:200], "") + "…"
		}
	}
	return strings.Join(excerpt, "\n")
}
