package build

import (
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/resid"

	"fluxwright.dev/flux-render-wasm/fault"
)

// identities counts objects by what kustomize knows them apart by.
type identities map[resid.ResId]int

func identitiesOf(resources []*resource.Resource) identities {
	counted := identities{}
	for _, one := range resources {
		counted[identity(one)]++
	}
	return counted
}

// identity is the same for two objects where kustomize says that their identities are equal.
func identity(one *resource.Resource) resid.ResId {
	id := one.CurId()
	id.Namespace = id.EffectiveNamespace()
	return id
}

// change counts an object anew that had another identity. It refuses an identity that another object has, as
// kustomize-controller does when it puts an object back in which it substituted.
func (i identities) change(before resid.ResId, one *resource.Resource) error {
	after := identity(one)
	i[before]--
	i[after]++
	if count := i[after]; count > 1 {
		return fault.New(fault.Substitution, "post build failed for '%s/%s': id matched %d resources", one.GetKind(), one.GetName(), count)
	}
	return nil
}
