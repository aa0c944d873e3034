// Package rest stands in for k8s.io/client-go/rest. Helm's engine names Config
// in signatures that serve `lookup` against a live API server, which an
// offline renderer never calls.
package rest

// Config is never filled: no connection to an API server exists here.
type Config struct{}
