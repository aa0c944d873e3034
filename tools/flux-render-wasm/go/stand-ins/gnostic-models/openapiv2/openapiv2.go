// Package openapi_v2 stands in for github.com/google/gnostic-models/openapiv2:
// the declarations that kube-openapi's conversion from it mentions. Nothing
// here calls that conversion: kustomize reads Kubernetes' schema as JSON.
package openapi_v2

import "go.yaml.in/yaml/v3"

type AdditionalPropertiesItem struct {
}

func (*AdditionalPropertiesItem) GetBoolean() bool { return false }

func (*AdditionalPropertiesItem) GetSchema() *Schema { return nil }

type Any struct {
}

func (*Any) ToRawInfo() *yaml.Node { return nil }

type ApiKeySecurity struct {
	common
	VendorExtension []*NamedAny
}

type BasicAuthenticationSecurity struct {
	common
	VendorExtension []*NamedAny
}

type BodyParameter struct {
	common
}

func (*BodyParameter) GetVendorExtension() []*NamedAny { return nil }

type Contact struct {
	Email           string
	Name            string
	Url             string
	VendorExtension []*NamedAny
}

type Definitions struct {
	AdditionalProperties []*NamedSchema
}

type Document struct {
	BasePath            string
	Consumes            []string
	Definitions         *Definitions
	ExternalDocs        *ExternalDocs
	Host                string
	Info                *Info
	Parameters          *ParameterDefinitions
	Paths               *Paths
	Produces            []string
	Responses           *ResponseDefinitions
	Schemes             []string
	Security            []*SecurityRequirement
	SecurityDefinitions *SecurityDefinitions
	Swagger             string
	Tags                []*Tag
	VendorExtension     []*NamedAny
}

type Examples struct {
	AdditionalProperties []*NamedAny
}

type ExternalDocs struct {
	Description     string
	Url             string
	VendorExtension []*NamedAny
}

type FileSchema struct {
	Default         *Any
	Description     string
	Example         *Any
	ExternalDocs    *ExternalDocs
	Format          string
	ReadOnly        bool
	Required        []string
	Title           string
	Type            string
	VendorExtension []*NamedAny
}

type FormDataParameterSubSchema struct {
	common
}

func (*FormDataParameterSubSchema) GetVendorExtension() []*NamedAny { return nil }

type Header struct {
	common
	Description     string
	VendorExtension []*NamedAny
}

type HeaderParameterSubSchema struct {
	common
}

func (*HeaderParameterSubSchema) GetVendorExtension() []*NamedAny { return nil }

type Headers struct {
	AdditionalProperties []*NamedHeader
}

type Info struct {
	Contact         *Contact
	Description     string
	License         *License
	TermsOfService  string
	Title           string
	VendorExtension []*NamedAny
	Version         string
}

type ItemsItem struct {
}

func (*ItemsItem) GetSchema() []*Schema { return nil }

type JsonReference struct {
	Description string
	XRef        string
}

type License struct {
	Name            string
	Url             string
	VendorExtension []*NamedAny
}

type NamedAny struct {
	Name  string
	Value *Any
}

type NamedHeader struct {
	Name string
}

func (*NamedHeader) GetValue() *Header { return nil }

type NamedParameter struct {
	Name  string
	Value *Parameter
}

type NamedPathItem struct {
	Name  string
	Value *PathItem
}

type NamedResponse struct {
	Name  string
	Value *Response
}

type NamedResponseValue struct {
	Name  string
	Value *ResponseValue
}

type NamedSchema struct {
	Name  string
	Value *Schema
}

type NamedSecurityDefinitionsItem struct {
	Name  string
	Value *SecurityDefinitionsItem
}

type NamedString struct {
	Name  string
	Value string
}

type NamedStringArray struct {
	Name  string
	Value *StringArray
}

type NonBodyParameter struct {
	Oneof any
}

type Oauth2AccessCodeSecurity struct {
	common
	VendorExtension []*NamedAny
}

type Oauth2ApplicationSecurity struct {
	common
	VendorExtension []*NamedAny
}

type Oauth2ImplicitSecurity struct {
	common
	VendorExtension []*NamedAny
}

type Oauth2PasswordSecurity struct {
	common
	VendorExtension []*NamedAny
}

type Oauth2Scopes struct {
	AdditionalProperties []*NamedString
}

type Operation struct {
	Consumes        []string
	Deprecated      bool
	Description     string
	ExternalDocs    *ExternalDocs
	OperationId     string
	Parameters      []*ParametersItem
	Produces        []string
	Responses       *Responses
	Schemes         []string
	Security        []*SecurityRequirement
	Summary         string
	Tags            []string
	VendorExtension []*NamedAny
}

type Parameter struct {
	Oneof any
}

func (*Parameter) GetNonBodyParameter() *NonBodyParameter { return nil }

type ParameterDefinitions struct {
	AdditionalProperties []*NamedParameter
}

type ParametersItem struct {
}

func (*ParametersItem) GetJsonReference() *JsonReference { return nil }

func (*ParametersItem) GetParameter() *Parameter { return nil }

type PathItem struct {
	Delete          *Operation
	Get             *Operation
	Head            *Operation
	Options         *Operation
	Parameters      []*ParametersItem
	Patch           *Operation
	Post            *Operation
	Put             *Operation
	VendorExtension []*NamedAny
	XRef            string
}

type PathParameterSubSchema struct {
	common
}

func (*PathParameterSubSchema) GetVendorExtension() []*NamedAny { return nil }

type Paths struct {
	Path            []*NamedPathItem
	VendorExtension []*NamedAny
}

type PrimitivesItems struct {
	common
	VendorExtension []*NamedAny
}

type Properties struct {
	AdditionalProperties []*NamedSchema
}

type QueryParameterSubSchema struct {
	common
}

func (*QueryParameterSubSchema) GetVendorExtension() []*NamedAny { return nil }

type Response struct {
	Description     string
	Examples        *Examples
	Headers         *Headers
	Schema          *SchemaItem
	VendorExtension []*NamedAny
}

type ResponseDefinitions struct {
	AdditionalProperties []*NamedResponse
}

type ResponseValue struct {
}

func (*ResponseValue) GetJsonReference() *JsonReference { return nil }

func (*ResponseValue) GetResponse() *Response { return nil }

type Responses struct {
	ResponseCode    []*NamedResponseValue
	VendorExtension []*NamedAny
}

type Schema struct {
	AdditionalProperties *AdditionalPropertiesItem
	Description          string
	Discriminator        string
	Example              *Any
	ExclusiveMaximum     bool
	ExclusiveMinimum     bool
	ExternalDocs         *ExternalDocs
	Items                *ItemsItem
	MaxItems             int64
	MaxLength            int64
	MaxProperties        int64
	Maximum              float64
	MinItems             int64
	MinLength            int64
	MinProperties        int64
	Minimum              float64
	MultipleOf           float64
	Properties           *Properties
	ReadOnly             bool
	Required             []string
	Type                 *TypeItem
	UniqueItems          bool
	VendorExtension      []*NamedAny
	XRef                 string
}

func (*Schema) GetAllOf() []*Schema { return nil }

func (*Schema) GetDefault() *Any { return nil }

func (*Schema) GetEnum() []*Any { return nil }

func (*Schema) GetFormat() string { return "" }

func (*Schema) GetItems() *ItemsItem { return nil }

func (*Schema) GetPattern() string { return "" }

func (*Schema) GetTitle() string { return "" }

type SchemaItem struct {
	Oneof any
}

type SecurityDefinitions struct {
}

func (*SecurityDefinitions) GetAdditionalProperties() []*NamedSecurityDefinitionsItem { return nil }

type SecurityDefinitionsItem struct {
	Oneof any
}

type SecurityRequirement struct {
	AdditionalProperties []*NamedStringArray
}

type StringArray struct {
	Value []string
}

type Tag struct {
	Description     string
	ExternalDocs    *ExternalDocs
	Name            string
	VendorExtension []*NamedAny
}

type TypeItem struct {
}

func (*TypeItem) GetValue() []string { return nil }

type NonBodyParameter_FormDataParameterSubSchema struct {
	FormDataParameterSubSchema *FormDataParameterSubSchema
}

type NonBodyParameter_HeaderParameterSubSchema struct {
	HeaderParameterSubSchema *HeaderParameterSubSchema
}

type NonBodyParameter_PathParameterSubSchema struct {
	PathParameterSubSchema *PathParameterSubSchema
}

type NonBodyParameter_QueryParameterSubSchema struct {
	QueryParameterSubSchema *QueryParameterSubSchema
}

type Parameter_BodyParameter struct {
	BodyParameter *BodyParameter
}

type Parameter_NonBodyParameter struct {
}

type SchemaItem_FileSchema struct {
	FileSchema *FileSchema
}

type SchemaItem_Schema struct {
	Schema *Schema
}

type SecurityDefinitionsItem_ApiKeySecurity struct {
	ApiKeySecurity *ApiKeySecurity
}

type SecurityDefinitionsItem_BasicAuthenticationSecurity struct {
	BasicAuthenticationSecurity *BasicAuthenticationSecurity
}

type SecurityDefinitionsItem_Oauth2AccessCodeSecurity struct {
	Oauth2AccessCodeSecurity *Oauth2AccessCodeSecurity
}

type SecurityDefinitionsItem_Oauth2ApplicationSecurity struct {
	Oauth2ApplicationSecurity *Oauth2ApplicationSecurity
}

type SecurityDefinitionsItem_Oauth2ImplicitSecurity struct {
	Oauth2ImplicitSecurity *Oauth2ImplicitSecurity
}

type SecurityDefinitionsItem_Oauth2PasswordSecurity struct {
	Oauth2PasswordSecurity *Oauth2PasswordSecurity
}
