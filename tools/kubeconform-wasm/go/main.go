// The kubeconform engine: github.com/yannh/kubeconform as a WebAssembly reactor. PROTOCOL.md of wasm-host describes the
// frames; the operations are in validate.go and schemas.go.
package main

import (
	"runtime/debug"

	"fluxwright.dev/wasm-host/guest"
)

func init() {
	// A request's garbage is many times what is kept, the compiled schemas: collecting less often saves a third of the time.
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(512 << 20)
	guest.Describe("kubeconform", "0.8.0")
	guest.Register("supply", supply)
	guest.Register("validate", validate)
	guest.Register("release", release)
}

func main() {}
