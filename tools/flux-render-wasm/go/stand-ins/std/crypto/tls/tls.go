// Package tls stands in for crypto/tls when the guest is built for WebAssembly: the field that apimachinery reads.
package tls

// Config has no effect.
type Config struct{ NextProtos []string }
