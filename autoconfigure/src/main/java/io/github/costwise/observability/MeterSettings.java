package io.github.costwise.observability;

/**
 * How the meters are tagged. Immutable.
 *
 * @param maxTagValues how many distinct values a tag may have before further ones become
 * {@code other}, from 1
 * @param tenantTag whether meters carry the tenant
 * @param deploymentTag whether meters of calls carry the deployment
 * @param openTelemetryNames whether calls are recorded under OpenTelemetry's names too
 * @since 0.1.0
 */
public record MeterSettings(int maxTagValues, boolean tenantTag, boolean deploymentTag, boolean openTelemetryNames) {

	/** A hundred values, no tenant, no deployment, own names only. */
	public static final MeterSettings DEFAULTS = new MeterSettings(100, false, false, false);

}
