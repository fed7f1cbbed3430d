package io.github.costwise.budget.webhook;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where a webhook goes to. Immutable; its text tells neither path nor secret, since the
 * path of such addresses is often a secret as well.
 *
 * @param url the address
 * @param secret what bodies are signed with, or {@code null} for none
 * @param format what bodies look like
 * @since 0.1.0
 */
public record WebhookSettings(URI url, @Nullable String secret, WebhookFormat format) {

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if the address is none of HTTP; the message does
	 * not repeat it
	 */
	public WebhookSettings {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null) {
			throw new IllegalArgumentException("it does not begin with http:// or https:// and a host");
		}
		if (url.getUserInfo() != null) {
			throw new IllegalArgumentException("it has a user in it, which is not sent");
		}
	}

	@Override
	public String toString() {
		return this.url.getScheme() + "://" + this.url.getHost();
	}

}
