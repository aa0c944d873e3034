import { expect, test } from 'vitest';
import { imageName, imageText } from './image-name.ts';

const digest = `sha256:${'0'.repeat(64)}`;

test('an image is read as container runtimes read it', () => {
  const whole = (text: string) => {
    const name = imageName(text);
    return name && imageText(name);
  };
  expect(whole('nginx')).toBe('docker.io/library/nginx');
  expect(whole('nginx:1.29')).toBe('docker.io/library/nginx:1.29');
  expect(whole('valkey/valkey:9.1.1')).toBe('docker.io/valkey/valkey:9.1.1');
  expect(whole('docker.io/nginx')).toBe('docker.io/library/nginx');
  expect(whole('localhost/web')).toBe('localhost/web');
  expect(whole('registry:5000/web/shop:1.0')).toBe('registry:5000/web/shop:1.0');
  expect(whole(`quay.io/cilium/cilium:v1.20.0@${digest}`)).toBe(`quay.io/cilium/cilium:v1.20.0@${digest}`);
  expect(imageName(`quay.io/a@${digest}`)).toEqual({ repository: 'quay.io/a', digest });
});

test('what is no image is none', () => {
  for (const text of ['', 'Web', 'a b', 'https://example.com/a', 'a/', 'a:', 'a@sha256:0', 'a//b', '{{x}}'])
    expect(imageName(text)).toBeUndefined();
});
