module fluxwright.dev/wasm-host

go 1.26
