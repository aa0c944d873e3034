// Package http2 stands in for golang.org/x/net/http2 with the names that
// apimachinery mentions: there is no network.
package http2

import (
	"net/http"
	"time"
)

// NextProtoTLS is the protocol's name.
const NextProtoTLS = "h2"

// Transport has the two fields that apimachinery sets.
type Transport struct{ ReadIdleTimeout, PingTimeout time.Duration }

// ConfigureTransports does nothing.
func ConfigureTransports(*http.Transport) (*Transport, error) { return &Transport{}, nil }
