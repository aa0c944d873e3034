package openapi_v2

// common has the getters that kube-openapi asks of headers, items, parameters and security definitions.
type common struct{}

func (common) GetMaximum() float64             { return 0 }
func (common) GetExclusiveMaximum() bool       { return false }
func (common) GetMinimum() float64             { return 0 }
func (common) GetExclusiveMinimum() bool       { return false }
func (common) GetMaxLength() int64             { return 0 }
func (common) GetMinLength() int64             { return 0 }
func (common) GetPattern() string              { return "" }
func (common) GetMaxItems() int64              { return 0 }
func (common) GetMinItems() int64              { return 0 }
func (common) GetUniqueItems() bool            { return false }
func (common) GetMultipleOf() float64          { return 0 }
func (common) GetEnum() []*Any                 { return nil }
func (common) GetType() string                 { return "" }
func (common) GetFormat() string               { return "" }
func (common) GetItems() *PrimitivesItems      { return nil }
func (common) GetCollectionFormat() string     { return "" }
func (common) GetDefault() *Any                { return nil }
func (common) GetName() string                 { return "" }
func (common) GetIn() string                   { return "" }
func (common) GetDescription() string          { return "" }
func (common) GetRequired() bool               { return false }
func (common) GetSchema() *Schema              { return nil }
func (common) GetAllowEmptyValue() bool        { return false }
func (common) GetVendorExtension() []*NamedAny { return nil }
func (common) GetFlow() string                 { return "" }
func (common) GetScopes() *Oauth2Scopes        { return nil }
func (common) GetAuthorizationUrl() string     { return "" }
func (common) GetTokenUrl() string             { return "" }
