import type { ValidateFunction } from 'ajv';

export declare const component: ValidateFunction;
export declare const product: ValidateFunction;
export declare const cluster: ValidateFunction;
export declare const clusterDefaults: ValidateFunction;
export declare const completeSettings: ValidateFunction;
export declare const services: ValidateFunction;
export declare const chartFacts: ValidateFunction;
export declare const definitionFacts: ValidateFunction;
