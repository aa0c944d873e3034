module fluxwright.dev/kubeconform-wasm

go 1.26

toolchain go1.26.8

require (
	fluxwright.dev/wasm-host v0.0.0
	github.com/hashicorp/go-retryablehttp v0.7.8
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.2
	github.com/yannh/kubeconform v0.8.0
	go.yaml.in/yaml/v2 v2.4.4
	golang.org/x/text v0.37.0
	sigs.k8s.io/yaml v1.6.0
)

require (
	k8s.io/kube-openapi v0.0.0-20260603220949-865597e52e25 // indirect
	k8s.io/utils v0.0.0-20260210185600-b8788abfbbc2 // indirect
)

replace (
	fluxwright.dev/wasm-host => ../../wasm-host/go
	github.com/hashicorp/go-retryablehttp => ./stand-ins/go-retryablehttp
)
