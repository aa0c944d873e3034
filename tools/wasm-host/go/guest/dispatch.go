package guest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
)

// ProtocolVersion is the version of the wire format, PROTOCOL.md.
const ProtocolVersion = 1

// Request is what the host asked: the operation's JSON input and raw parts.
// The parts are views into the request's buffer and must not be kept after the operation returns.
type Request struct {
	Input json.RawMessage
	Parts [][]byte
}

// Decode unmarshals the input into target; a failure is an input error.
func (r Request) Decode(target any) error {
	if err := json.Unmarshal(r.Input, target); err != nil {
		return InputError("the input is not what the operation takes: "+err.Error(), nil)
	}
	return nil
}

// Reply is what an operation gives: anything that encoding/json marshals, and raw parts.
type Reply struct {
	Output any
	Parts  [][]byte
}

// Operation answers one request. An *Error is sent as it is, another error as kind "input".
type Operation func(Request) (Reply, error)

// Error is an error reply; the kinds are listed in PROTOCOL.md.
type Error struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Details any    `json:"details,omitempty"`
}

func (e *Error) Error() string { return e.Kind + ": " + e.Message }

// InputError says that the request is at fault.
func InputError(message string, details any) *Error {
	return &Error{Kind: "input", Message: message, Details: details}
}

var (
	guestName, guestVersion string
	operations              = map[string]Operation{}
)

func init() { Register("hello", hello) }

// Describe sets what the handshake says; call it from init.
func Describe(name, version string) { guestName, guestVersion = name, version }

// Register adds an operation; call it from init. It panics when the name is taken.
func Register(name string, operation Operation) {
	if _, taken := operations[name]; taken {
		panic("guest: operation registered twice: " + name)
	}
	operations[name] = operation
}

// Call runs one request frame and gives the reply frame. A panic in the operation becomes an error reply.
func Call(frame []byte) []byte {
	reply, err := run(frame)
	header := replyHeader{Ok: err == nil, Output: reply.Output}
	if err != nil {
		header = replyHeader{Error: asError(err)}
		reply.Parts = nil
	}
	encoded, err := encodeFrame(header, reply.Parts)
	if err != nil {
		header = replyHeader{Error: &Error{Kind: "protocol", Message: "the reply cannot be encoded: " + err.Error()}}
		encoded, _ = encodeFrame(header, nil)
	}
	return encoded
}

func run(frame []byte) (reply Reply, err error) {
	header, parts, err := decodeFrame(frame)
	if err != nil {
		return Reply{}, &Error{Kind: "protocol", Message: err.Error()}
	}
	operation, known := operations[header.Op]
	if !known {
		return Reply{}, &Error{Kind: "protocol", Message: fmt.Sprintf("unknown operation %q", header.Op)}
	}
	defer func() {
		if reason := recover(); reason != nil {
			err = &Error{Kind: "panic", Message: fmt.Sprint(reason), Details: string(debug.Stack())}
		}
	}()
	return operation(Request{Input: header.Input, Parts: parts})
}

func asError(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return InputError(err.Error(), nil)
}

func hello(Request) (Reply, error) {
	modules := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Replace == nil || module.Replace.Version != "" {
				modules[module.Path] = module.Version
			}
		}
	}
	return Reply{Output: map[string]any{
		"protocol": ProtocolVersion,
		"name":     guestName,
		"version":  guestVersion,
		"go":       runtime.Version(),
		"modules":  modules,
		"ops":      slices.Sorted(maps.Keys(operations)),
	}}, nil
}
