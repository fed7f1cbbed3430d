package io.github.costwise.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.text.TextPattern;

/**
 * Configures which provider is taken to bill a call.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("costwise.accounting")
public class UsageProperties {

	private static final TextPattern PROVIDER = TextPattern.of("[a-z0-9_]+");

	/**
	 * Provider by host, by host and port, or by the name that would be used otherwise.
	 * Keys with dots or colons are written in square brackets.
	 */
	private Map<String, String> providers = new LinkedHashMap<>();

	/**
	 * Returns the providers by host or name.
	 * @return provider by host, by {@code host:port} or by provider
	 */
	public Map<String, String> getProviders() {
		return this.providers;
	}

	/**
	 * Sets the providers by host or name.
	 * @param providers provider by host, by {@code host:port} or by provider
	 */
	public void setProviders(Map<String, String> providers) {
		this.providers = providers;
	}

	Map<String, String> validProviders() {
		this.providers.forEach((name, provider) -> {
			if (name.contains("/") || provider == null || !PROVIDER.matches(provider)) {
				throw new CostwiseConfigurationException(
						"The property 'costwise.accounting.providers[" + name + "]' has the value '" + provider + "'.",
						"Use a host name, with a port if needed, as the key and the name of a provider as the price "
								+ "catalogue writes it as the value, such as [gateway.example.com]=openai.");
			}
		});
		return this.providers;
	}

}
