package io.github.costwise.observability;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import io.github.costwise.Faults;
import io.github.costwise.accounting.Attribution;
import io.github.costwise.accounting.CallRecord;
import io.github.costwise.accounting.CallRecord.Operation;
import io.github.costwise.accounting.CostListener;
import io.github.costwise.accounting.TurnRecord;

/**
 * Turns calls and turns into {@code costwise.*} meters. Tags are closed sets: each has at
 * most as many values as the settings allow, users are never a tag, tenants only when
 * asked for. Meters hold doubles and start anew with the process; they are for dashboards
 * and alerts, and the ledger is what is exact. Thread-safe; never throws.
 *
 * @since 0.1.0
 */
public final class MetricsCostListener implements CostListener {

	private static final String[] OPERATIONS = { "chat", "embedding" };

	private final TagTree<CallMeters> calls = new TagTree<>();

	private final TagTree<TurnMeters> turns = new TagTree<>();

	private final TagValues providers;

	private final TagValues models;

	private final TagValues features;

	private final TagValues tenants;

	private final DeploymentIds deployments;

	private final MeterRegistry registry;

	private final MeterSettings settings;

	private final Faults faults;

	private final @Nullable OpenTelemetryMeters openTelemetry;

	/**
	 * Creates a listener.
	 * @param registry where the meters are registered
	 * @param settings how they are tagged
	 * @param faults counts what goes wrong
	 */
	public MetricsCostListener(MeterRegistry registry, MeterSettings settings, Faults faults) {
		this.registry = registry;
		this.settings = settings;
		this.faults = faults;
		this.providers = new TagValues(settings.maxTagValues(), "unknown");
		this.models = new TagValues(settings.maxTagValues(), "unknown");
		this.features = new TagValues(settings.maxTagValues(), "unattributed");
		this.tenants = new TagValues(settings.maxTagValues(), "unattributed");
		this.deployments = new DeploymentIds(settings.maxTagValues());
		this.openTelemetry = settings.openTelemetryNames() ? new OpenTelemetryMeters(registry, settings) : null;
	}

	@Override
	public void onCall(CallRecord call) {
		try {
			meters(call).record(call);
			if (this.openTelemetry != null) {
				this.openTelemetry.record(call);
			}
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.LISTENER, ex);
		}
	}

	@Override
	public void onTurn(TurnRecord turn) {
		try {
			meters(turn).record(turn);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.LISTENER, ex);
		}
	}

	private CallMeters meters(CallRecord call) {
		String provider = this.providers.of(call.provider());
		String model = this.models.of(call.answeredModel());
		String operation = operation(call.operation());
		String feature = this.features.of(call.attribution().feature());
		String tenant = tenant(call.attribution());
		String deployment = this.settings.deploymentTag() ? this.deployments.of(call) : "";
		TagTree<CallMeters> leaf = this.calls.child(provider)
			.child(model)
			.child(operation)
			.child(feature)
			.child(tenant)
			.child(deployment);
		CallMeters meters = leaf.value();
		return (meters != null) ? meters
				: leaf.create(() -> new CallMeters(this.registry, deployed(whose(feature, tenant), deployment)
					.and("provider", provider, "model", model, "operation", operation)));
	}

	private TurnMeters meters(TurnRecord turn) {
		String feature = this.features.of(turn.attribution().feature());
		String tenant = tenant(turn.attribution());
		TagTree<TurnMeters> leaf = this.turns.child(feature).child(tenant);
		TurnMeters meters = leaf.value();
		return (meters != null) ? meters : leaf.create(() -> new TurnMeters(this.registry, whose(feature, tenant)));
	}

	private String tenant(Attribution attribution) {
		return this.settings.tenantTag() ? this.tenants.of(attribution.tenant()) : "";
	}

	private Tags whose(String feature, String tenant) {
		Tags tags = Tags.of("feature", feature);
		return this.settings.tenantTag() ? tags.and("tenant", tenant) : tags;
	}

	private Tags deployed(Tags tags, String deployment) {
		return this.settings.deploymentTag() ? tags.and("deployment", deployment) : tags;
	}

	private static String operation(Operation operation) {
		return (operation.ordinal() < OPERATIONS.length) ? OPERATIONS[operation.ordinal()]
				: operation.name().toLowerCase(Locale.ROOT);
	}

}
