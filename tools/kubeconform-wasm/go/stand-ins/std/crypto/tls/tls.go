// Package tls stands in for crypto/tls when the guest is built for WebAssembly: the one field that kubeconform sets.
package tls

// Config has no effect.
type Config struct{ InsecureSkipVerify bool }
