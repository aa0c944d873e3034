// Command flux-render-wasm is a WebAssembly reactor with what Flux's
// controllers run: Helm's engine, kustomize with Flux's rules, and variable
// substitution. Its operations are in operations.go, its wire is that of fluxwright.dev/wasm-host.
package main

import (
	"log"
	"log/slog"
	"runtime/debug"

	"fluxwright.dev/wasm-host/guest"
)

// version is the version of the npm package that this guest belongs to.
const version = "0.1.0"

// softLimitBytes is where the garbage collector starts to work harder, below the host's bound of 1 GiB.
const softLimitBytes = 512 << 20

func init() {
	// A request's garbage is short-lived and the collector has no thread of its own here: let it run less often.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(softLimitBytes)

	// Nobody reads warnings that the libraries log; a clock in them would cost time.
	log.SetFlags(0)
	slog.SetLogLoggerLevel(slog.LevelError)

	guest.Describe("flux-render", version)
	guest.Register("template", answerTemplate)
	guest.Register("build", answerBuild)
	guest.Register("substitute", answerSubstitute)
}

func main() {}
