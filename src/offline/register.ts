interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

/** The page asks for trusted script addresses; this is the one that is. */
const rules: ScriptUrlPolicy = { createScriptURL: () => new URL('service-worker.js', document.baseURI).href };

/** Registers the service worker that lies beside the page. Throws where the browser or its settings refuse. */
export function registerServiceWorker(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  const policy = trustedTypes?.createPolicy('silhouette-offline', rules) ?? rules;
  return container.register(policy.createScriptURL(''));
}
