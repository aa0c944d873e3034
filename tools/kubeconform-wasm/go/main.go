// The kubeconform engine: github.com/yannh/kubeconform as a WebAssembly reactor. PROTOCOL.md of wasm-host describes the
// frames; the operations are in validate.go and schemas.go.
package main

import "fluxwright.dev/wasm-host/guest"

func init() {
	guest.Describe("kubeconform", "0.8.0")
	guest.Register("supply", supply)
	guest.Register("validate", validate)
	guest.Register("release", release)
}

func main() {}
