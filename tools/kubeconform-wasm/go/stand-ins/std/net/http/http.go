// Package http stands in for net/http when the guest is built for WebAssembly: a client that only has the transport it is
// given. It has the names that kubeconform's schema loader uses.
package http

import (
	"crypto/tls"
	"errors"
	"io"
	"net/url"
	"time"
)

// The two status codes that kubeconform looks for.
const (
	StatusOK       = 200
	StatusNotFound = 404
)

// Request is a GET of URL.
type Request struct{ URL *url.URL }

// Response is an answer.
type Response struct {
	StatusCode int
	Body       io.ReadCloser
	Request    *Request
}

// RoundTripper answers requests.
type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}

// Transport has the fields that kubeconform sets; it answers nothing.
type Transport struct {
	MaxIdleConns       int
	IdleConnTimeout    time.Duration
	DisableCompression bool
	Proxy              func(*Request) (*url.URL, error)
	TLSClientConfig    *tls.Config
}

// RoundTrip refuses.
func (*Transport) RoundTrip(*Request) (*Response, error) {
	return nil, errors.New("there is no network")
}

// ProxyFromEnvironment names no proxy.
func ProxyFromEnvironment(*Request) (*url.URL, error) { return nil, nil }

// Client asks its transport.
type Client struct{ Transport RoundTripper }

// Get asks for an address as it is written: it is a key of the schema source and need not be a valid URL.
func (c *Client) Get(address string) (*Response, error) {
	return c.Transport.RoundTrip(&Request{URL: &url.URL{Opaque: address}})
}
