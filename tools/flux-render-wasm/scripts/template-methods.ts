import type { ModulePatch } from '@fluxwright/wasm-host/build';

/**
 * Every method that a template of a chart can call, by type. A Go test holds them against what Helm and its functions hand
 * out (go/templating/methods_test.go). The one exception is what an error of JSON says of a Go type, by reflection.
 */
const methods: Readonly<Record<string, string>> = {
  'common.Values': 'AsMap Encode PathValue Table YAML',
  'common.Capabilities': 'Copy',
  'common.KubeVersion': 'GitVersion String',
  'common.VersionSet': 'Has',
  error: 'Error Unwrap',
  'engine.files': 'AsConfig AsSecrets Get GetBytes Glob Lines',
  'semver.Version':
    'Compare Equal GreaterThan GreaterThanEqual IncMajor IncMinor IncPatch LessThan LessThanEqual Major MarshalJSON MarshalText Metadata Minor Original Patch Prerelease Scan SetMetadata SetPrerelease String UnmarshalJSON UnmarshalText Value',
  'time.Duration': 'Abs Hours Microseconds Milliseconds Minutes Nanoseconds Round Seconds String Truncate',
  'time.Location': 'String',
  'time.Month': 'String',
  'time.Time':
    'Add AddDate After AppendBinary AppendFormat AppendText Before Clock Compare Date Day Equal Format GoString GobDecode GobEncode Hour ISOWeek In IsDST IsZero Local Location MarshalBinary MarshalJSON MarshalText Minute Month Nanosecond Round Second String Sub Truncate UTC Unix UnixMicro UnixMilli UnixNano UnmarshalBinary UnmarshalJSON UnmarshalText Weekday Year YearDay Zone ZoneBounds',
  'time.Weekday': 'String',
};

const names = [...new Set(Object.values(methods).flatMap((list) => list.split(' ')))].sort();
const cases = names.map((name) => `\tcase "${name}":\n\t\treturn value.MethodByName("${name}")\n`).join('');

/**
 * A template may call any method by its name, so the linker keeps every exported method of every type: a fifth of the
 * engine. With this patch the names are constants, which the linker understands (cmd/link, deadcode).
 */
export const knownMethods: ModulePatch = {
  module: 'std',
  edits: [
    { from: 'if method := ptr.MethodByName(fieldName)', to: 'if method := knownMethod(ptr, fieldName)' },
    {
      from: '// evalField evaluates an expression like (.Field)',
      to: `func knownMethod(value reflect.Value, name string) reflect.Value {\n\tswitch name {\n${cases}\t}\n\treturn reflect.Value{}\n}\n\n// evalField evaluates an expression like (.Field)`,
    },
  ].map((edit) => ({ file: 'text/template/exec.go', ...edit })),
};
