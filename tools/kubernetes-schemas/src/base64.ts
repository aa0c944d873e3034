/** Standard base64, as the API server asks it of custom resources (govalidator.IsBase64). */
export const BASE64 = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$';

const DIGIT = '[A-Za-z0-9+/][\\r\\n]*';

/** A Go []byte: standard base64 that may be empty, line breaks ignored (encoding/base64). */
export const BASE64_LINES = `^[\\r\\n]*(?:(?:${DIGIT}){4})*(?:(?:${DIGIT}){2}=[\\r\\n]*=[\\r\\n]*|(?:${DIGIT}){3}=[\\r\\n]*)?$`;
