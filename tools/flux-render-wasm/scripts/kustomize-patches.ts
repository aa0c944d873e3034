import type { ModulePatch } from '@fluxwright/wasm-host/build';

const module = 'sigs.k8s.io/kustomize/api';
const origin = 'resource/origin.go';
const resource = 'resource/resource.go';
const target = 'internal/target/kusttarget.go';
const plugins = 'internal/target/kusttarget_configplugin.go';
const resources = 'resmap/reswrangler.go';

const places = `// Place says where a resource is from, nil where that is unknown.
func (r *Resource) Place() *Origin { return r.place }

// SetPlace sets what Place says.
func (r *Resource) SetPlace(place *Origin) { r.place = place }

// SetPlaceOnce is SetPlace for a resource without a place.
func (r *Resource) SetPlaceOnce(place *Origin) {
	if r.place == nil {
		r.place = place
	}
}

`;
const copiesOrigin = 'func (origin *Origin) Append(path string) *Origin {\n\toriginCopy := origin.Copy()\n';
const setsOrigin = 'func (r *Resource) SetOrigin(origin *Origin) error {\n';
const ofPlugin = '\tvar result *Origin\n\tif origin != nil {\n\t\tresult = &Origin{\n';
const annotates = '\tif kt.origin != nil {\n\t\toriginAnno, err :=';
const ofGenerator =
  '\tfor _, res := range m.rList {\n\t\tor, err := res.GetOrigin()\n\t\tif or != nil || err != nil {\n';
const ofTransformer = '\tfor _, res := range m.rList {\n\t\tor, err := res.GetOrigin()\n\t\tif err != nil {\n';
const placesAll =
  '\tfor _, res := range m.rList {\n\t\tres.SetPlaceOnce(origin)\n\t}\n\tif origin.Aside {\n\t\treturn nil\n\t}\n';

/**
 * kustomize notes the file of an object as an annotation of it, when a kustomization asks for that. A patch, a replacement and
 * a transformer find the annotation there. With this patch every object has its place beside it, asked for or not.
 */
export const placesOfResources: ModulePatch = {
  module,
  edits: [
    {
      file: origin,
      from: 'type Origin struct {\n',
      to: 'type Origin struct {\n\t// Aside is an origin of which no annotation is made.\n\tAside bool `json:"-" yaml:"-"`\n\n',
    },
    {
      file: origin,
      from: copiesOrigin,
      to: `${copiesOrigin}\tif originCopy.Aside {\n\t\toriginCopy.Path = filepath.Join(originCopy.Path, path)\n\t\treturn &originCopy\n\t}\n`,
    },
    {
      file: origin,
      from: '// Transformations is a list of Origin\n',
      to: `${places}// Transformations is a list of Origin\n`,
    },
    {
      file: origin,
      from: ofPlugin,
      to: `\tif origin == nil && res.place != nil && res.place.Aside {\n\t\torigin = res.place\n\t}\n${ofPlugin}\t\t\tAside: origin.Aside,\n`,
    },
    { file: resource, from: '\trefVarNames []string\n', to: '\trefVarNames []string\n\tplace       *Origin\n' },
    {
      file: resource,
      from: setsOrigin,
      to: `${setsOrigin}\tif origin != nil {\n\t\tr.SetPlaceOnce(origin)\n\t\tif origin.Aside {\n\t\t\treturn nil\n\t\t}\n\t}\n`,
    },
    {
      file: resource,
      from: '\trc.copyKustomizeSpecificFields(r)\n',
      to: '\trc.copyKustomizeSpecificFields(r)\n\trc.place = r.place\n',
    },
    { file: target, from: '\tvar origin *resource.Origin\n', to: '\torigin := &resource.Origin{Aside: true}\n' },
    {
      file: target,
      from: annotates,
      to: `\tfor _, each := range resources.Resources() {\n\t\teach.SetPlace(kt.origin.Append(path))\n\t}\n${annotates.replace('kt.origin != nil', '!kt.origin.Aside')}`,
    },
    ...['generatorOrigin', 'transformerOrigin'].map((name) => ({
      file: plugins,
      from: `\t\t\t${name} = &resource.Origin{\n`,
      to: `\t\t\t${name} = &resource.Origin{\n\t\t\t\tAside: kt.origin.Aside,\n`,
    })),
    { file: resources, from: ofGenerator, to: `${placesAll}${ofGenerator}` },
    { file: resources, from: ofTransformer, to: `${placesAll}${ofTransformer}` },
    {
      file: resources,
      from: '\t\t\tif orig != nil {\n\t\t\t\tres.SetOrigin(orig)\n',
      to: '\t\t\tres.SetPlace(old.Place())\n\t\t\tif orig != nil {\n\t\t\t\tres.SetOrigin(orig)\n',
    },
  ],
};
