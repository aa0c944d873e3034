module github.com/go-openapi/swag

go 1.26.0

require (
	github.com/go-openapi/jsonpointer v1.0.0
	github.com/go-openapi/swag/jsonutils v0.27.1
)
