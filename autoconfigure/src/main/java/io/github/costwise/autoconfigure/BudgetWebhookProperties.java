package io.github.costwise.autoconfigure;

import java.net.URI;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.webhook.WebhookFormat;
import io.github.costwise.budget.webhook.WebhookSettings;

/**
 * Settings of the webhook that receives what happens to budgets.
 *
 * @param url Address that alerts and overruns of budgets are posted to
 * @param secret Secret that bodies are signed with by HMAC-SHA256. Without one they are
 * not signed
 * @param format Format of the body: 'json', or 'slack' for Slack and what is compatible
 * with it
 * @since 0.1.0
 */
@ConfigurationProperties(BudgetWebhookProperties.PREFIX)
public record BudgetWebhookProperties(@Nullable String url, @Nullable String secret,
		@DefaultValue("json") WebhookFormat format) {

	static final String PREFIX = BudgetProperties.PREFIX + ".webhook";

	WebhookSettings toSettings() {
		try {
			return new WebhookSettings(URI.create(Objects.requireNonNull(this.url).trim()),
					(this.secret == null || this.secret.isBlank()) ? null : this.secret, this.format);
		}
		catch (IllegalArgumentException ex) {
			String reason = (ex.getCause() != null) ? "it is no address" : String.valueOf(ex.getMessage());
			throw new CostwiseConfigurationException("'" + PREFIX + ".url' is not usable: " + reason + ".",
					"Give an address such as 'https://example.com/hooks/costs', or remove the property.");
		}
	}

	/** Address and secret may be secrets both. */
	@Override
	public String toString() {
		return "BudgetWebhookProperties[format=" + this.format + "]";
	}

}
