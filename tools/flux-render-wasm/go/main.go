// Command flux-render-wasm is a WebAssembly reactor with what Flux's
// controllers run: Helm's engine, kustomize with Flux's rules, and variable
// substitution. Its operations are in operations.go, its wire is that of fluxwright.dev/wasm-host.
package main

import (
	"log"
	"log/slog"

	"fluxwright.dev/wasm-host/guest"
)

// version is the version of the npm package that this guest belongs to.
const version = "0.1.0"

func init() {
	// Nobody reads warnings that the libraries log; a clock in them would cost time.
	log.SetFlags(0)
	slog.SetLogLoggerLevel(slog.LevelError)

	guest.Describe("flux-render", version)
	guest.Register("template", answerTemplate)
	guest.Register("build", answerBuild)
	guest.Register("substitute", answerSubstitute)
}

func main() {}
