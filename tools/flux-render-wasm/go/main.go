// Command flux-render-wasm is a WebAssembly reactor with what Flux's
// controllers run: Helm's engine, kustomize with Flux's rules, and variable
// substitution. Its operations are in operations.go, its wire is that of fluxwright.dev/wasm-host.
package main

import (
	"log"
	"log/slog"
	"runtime"
	"runtime/debug"

	"fluxwright.dev/wasm-host/guest"
)

// version is the version of the npm package that this guest belongs to.
const version = "0.1.0"

// collectBytes is how much may be allocated before the garbage is collected between two requests.
const collectBytes = 64 << 20

// softLimitBytes is where the garbage collector starts to work harder, below the host's bound of 1 GiB.
const softLimitBytes = 512 << 20

func init() {
	// A request's garbage is short-lived, and the collector has no thread of its own here: it would go on for requests
	// on end, and make each allocation slower. So it runs between two requests, to its end, and within one only near the bound.
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(softLimitBytes)

	// Nobody reads warnings that the libraries log; a clock in them would cost time.
	log.SetFlags(0)
	slog.SetLogLoggerLevel(slog.LevelError)

	guest.Describe("flux-render", version)
	guest.Register("template", collecting(answerTemplate))
	guest.Register("build", collecting(answerBuild))
	guest.Register("substitute", collecting(answerSubstitute))
}

// collected is what had been allocated in all when the collector last ran between two requests.
var collected uint64

// collecting runs the garbage collector before an operation when the ones before have left enough.
func collecting(operation guest.Operation) guest.Operation {
	return func(request guest.Request) (guest.Reply, error) {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		if memory.TotalAlloc-collected > collectBytes {
			runtime.GC()
			collected = memory.TotalAlloc
		}
		return operation(request)
	}
}

func main() {}
