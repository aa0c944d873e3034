import type { ModulePatch } from './patch-modules.ts';

/** What reads a compiled expression first, each by the line that it begins with. */
const readers = [
  'NumSubexp() int {',
  'SubexpNames() []string {',
  'SubexpIndex(name string) int {',
  'LiteralPrefix() (prefix string, complete bool) {',
  'ReplaceAllString(src, repl string) string {',
  'ReplaceAll(src, repl []byte) []byte {',
  'replaceAll(bsrc []byte, src string, nmatch int, repl func(dst []byte, m []int) []byte) []byte {',
  'pad(a []int) []int {',
  'allMatches(s string, b []byte, n int, deliver func([]int)) {',
  'FindSubmatch(b []byte) [][]byte {',
  'FindSubmatchIndex(b []byte) []int {',
  'FindStringSubmatch(s string) []string {',
  'FindStringSubmatchIndex(s string) []int {',
  'FindReaderSubmatchIndex(r io.RuneReader) []int {',
  'Split(s string, n int) []string {',
  'expand(dst []byte, template string, bsrc []byte, src string, match []int) []byte {',
];
const executes =
  'func (re *Regexp) doExecute(r io.RuneReader, b []byte, s string, pos int, ncap int, dstCap []int) []int {\n';

const mustCompile = `	regexp, err := Compile(str)
	if err != nil {
		panic(\`regexp: Compile(\` + quote(str) + \`): \` + err.Error())
	}
	return regexp
}

// MustCompilePOSIX`;
const later = `	return &Regexp{expr: str, pending: true}
}

func (re *Regexp) prepare() {
	if !re.pending {
		return
	}
	compiled, err := compile(re.expr, syntax.Perl, re.longest)
	if err != nil {
		panic(\`regexp: Compile(\` + quote(re.expr) + \`): \` + err.Error())
	}
	*re = *compiled
}

// MustCompilePOSIX`;

/**
 * Programs compile their expressions when they start, whether they come to use them or not: a quarter of what a guest does
 * until it is ready. With this patch `regexp.MustCompile` leaves that to the first use, and a wrong expression
 * panics there, by the same words. A guest has one thread, so a flag is enough.
 */
export const lazyRegexps: ModulePatch = {
  module: 'std',
  edits: [
    {
      file: 'regexp/regexp.go',
      from: 'type Regexp struct {\n',
      to: 'type Regexp struct {\n\tpending bool // not compiled yet\n',
    },
    { file: 'regexp/regexp.go', from: mustCompile, to: later },
    ...readers
      .map((line) => `func (re *Regexp) ${line}\n`)
      .map((line) => ({
        file: 'regexp/regexp.go',
        from: line,
        to: `${line}\tre.prepare()\n`,
      })),
    { file: 'regexp/exec.go', from: executes, to: `${executes}\tre.prepare()\n` },
  ],
};
