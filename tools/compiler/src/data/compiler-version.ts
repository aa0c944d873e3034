import packageJson from '../../package.json' with { type: 'json' };

/** The version that .fluxwright.json names. */
export const compilerVersion: string = packageJson.version;
