// Package http stands in for net/http when the guest is built for WebAssembly:
// the names that Helm, kustomize and apimachinery mention, around a client that refuses.
package http

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"time"
)

// Methods and status codes of RFC 9110.
const (
	MethodGet  = "GET"
	MethodPost = "POST"

	StatusOK                    = 200
	StatusBadRequest            = 400
	StatusUnauthorized          = 401
	StatusForbidden             = 403
	StatusNotFound              = 404
	StatusMethodNotAllowed      = 405
	StatusNotAcceptable         = 406
	StatusConflict              = 409
	StatusGone                  = 410
	StatusRequestEntityTooLarge = 413
	StatusUnsupportedMediaType  = 415
	StatusUnprocessableEntity   = 422
	StatusTooManyRequests       = 429
	StatusInternalServerError   = 500
	StatusServiceUnavailable    = 503
	StatusGatewayTimeout        = 504
)

var errNoNetwork = errors.New("there is no network")

// ErrAbortHandler is never raised.
var ErrAbortHandler = errors.New("net/http: abort Handler")

// NoBody is empty.
var NoBody io.ReadCloser

// Header holds fields by their canonical names.
type Header map[string][]string

// Get gives a field's first value.
func (h Header) Get(name string) string { return textproto.MIMEHeader(h).Get(name) }

// Set replaces a field.
func (h Header) Set(name, value string) { textproto.MIMEHeader(h).Set(name, value) }

// Request is what a client would send.
type Request struct {
	URL        *url.URL
	Header     Header
	RemoteAddr string
}

// NewRequestWithContext makes a request that no client sends.
func NewRequestWithContext(_ context.Context, _, address string, _ io.Reader) (*Request, error) {
	target, err := url.Parse(address)
	return &Request{URL: target, Header: Header{}}, err
}

// UserAgent gives the field of that name.
func (r *Request) UserAgent() string { return r.Header.Get("User-Agent") }

// Response is never made.
type Response struct {
	Status     string
	StatusCode int
	Body       io.ReadCloser
}

// RoundTripper answers requests.
type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}

// Transport has the fields that are set; it refuses.
type Transport struct {
	Proxy               func(*Request) (*url.URL, error)
	DialContext         func(ctx context.Context, network, address string) (net.Conn, error)
	Dial                func(network, address string) (net.Conn, error)
	TLSClientConfig     *tls.Config
	TLSHandshakeTimeout time.Duration
	IdleConnTimeout     time.Duration
}

// RoundTrip refuses.
func (*Transport) RoundTrip(*Request) (*Response, error) { return nil, errNoNetwork }

// DefaultTransport refuses.
var DefaultTransport RoundTripper = &Transport{}

// Client refuses whatever it is asked.
type Client struct {
	Timeout   time.Duration
	Transport RoundTripper
}

// Do refuses.
func (*Client) Do(*Request) (*Response, error) { return nil, errNoNetwork }

// Get refuses.
func (*Client) Get(string) (*Response, error) { return nil, errNoNetwork }

// ProxyFromEnvironment names no proxy.
func ProxyFromEnvironment(*Request) (*url.URL, error) { return nil, nil }

// StatusText gives the number: no answer is ever read.
func StatusText(code int) string { return strconv.Itoa(code) }

// DetectContentType knows none; only archives on a disk are asked about.
func DetectContentType([]byte) string { return "application/octet-stream" }
