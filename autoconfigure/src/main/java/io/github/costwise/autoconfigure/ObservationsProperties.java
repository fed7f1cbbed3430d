package io.github.costwise.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the cost on spans.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("costwise.observations")
public class ObservationsProperties {

	/**
	 * Whether spans of Spring AI carry turn, feature and cost.
	 */
	private boolean enabled = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
