package io.github.costwise.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.observability.MeterSettings;

/**
 * Properties of the meters.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("costwise.metrics")
public class MetricsProperties {

	/**
	 * Whether calls and turns are turned into meters.
	 */
	private boolean enabled = true;

	/**
	 * Distinct values a tag may have; further ones become "other".
	 */
	private int maxTagValues = 100;

	/**
	 * Series that all meters together may have. What would need more is counted as
	 * "other".
	 */
	private int maxSeries = 2000;

	/**
	 * Whether meters carry the tenant as a tag.
	 */
	private boolean tenantTag;

	/**
	 * Whether meters of calls carry the id of prompt version, model and routing version
	 * together as a tag.
	 */
	private boolean deploymentTag;

	/**
	 * Whether calls are also recorded under the names of OpenTelemetry's conventions.
	 */
	private boolean openTelemetryNames;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getMaxTagValues() {
		return this.maxTagValues;
	}

	public void setMaxTagValues(int maxTagValues) {
		this.maxTagValues = maxTagValues;
	}

	public int getMaxSeries() {
		return this.maxSeries;
	}

	public void setMaxSeries(int maxSeries) {
		this.maxSeries = maxSeries;
	}

	public boolean isTenantTag() {
		return this.tenantTag;
	}

	public void setTenantTag(boolean tenantTag) {
		this.tenantTag = tenantTag;
	}

	public boolean isDeploymentTag() {
		return this.deploymentTag;
	}

	public void setDeploymentTag(boolean deploymentTag) {
		this.deploymentTag = deploymentTag;
	}

	public boolean isOpenTelemetryNames() {
		return this.openTelemetryNames;
	}

	public void setOpenTelemetryNames(boolean openTelemetryNames) {
		this.openTelemetryNames = openTelemetryNames;
	}

	int series() {
		if (this.maxSeries < 1) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.metrics.max-series' is " + this.maxSeries + ".",
					"Give how many series the meters may have together, 1 or more.");
		}
		return this.maxSeries;
	}

	MeterSettings toSettings() {
		if (this.maxTagValues < 1) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.metrics.max-tag-values' is " + this.maxTagValues + ".",
					"Give how many values a tag may have, 1 or more.");
		}
		return new MeterSettings(this.maxTagValues, this.tenantTag, this.deploymentTag, this.openTelemetryNames);
	}

}
