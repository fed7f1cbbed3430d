package io.github.costwise.observability;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.CostListener;

/**
 * Turns calls and turns into {@code costwise.*} meters. Tags are closed sets: each has at
 * most as many values as the settings allow, users are never a tag, tenants only when
 * asked for. A meter is registered when it is first used, and there are at most as many
 * series as the budget has: then everything else is {@code other}. Meters hold doubles
 * and start from zero with the process; they are for dashboards and alerts, and the
 * ledger is what is exact. Thread-safe; never throws.
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

	private final SeriesBudget budget;

	/** Those of all tags that have no series of their own. */
	private final CallMeters otherCalls;

	private final TurnMeters otherTurns;

	private final Faults faults;

	private final @Nullable OpenTelemetryMeters openTelemetry;

	/**
	 * Creates a listener.
	 * @param registry where the meters are registered
	 * @param settings how they are tagged
	 * @param budget how many series the meters may have
	 * @param faults counts what goes wrong
	 */
	public MetricsCostListener(MeterRegistry registry, MeterSettings settings, SeriesBudget budget, Faults faults) {
		this.registry = registry;
		this.settings = settings;
		this.budget = budget;
		this.faults = faults;
		String other = TagValues.OTHER;
		this.otherCalls = new CallMeters(lazy(
				deployed(whose(other, other), other).and("provider", other, "model", other, "operation", other), null));
		this.otherTurns = new TurnMeters(lazy(whose(other, other), null));
		this.providers = new TagValues(settings.maxTagValues(), "unknown");
		this.models = new TagValues(settings.maxTagValues(), "unknown");
		this.features = new TagValues(settings.maxTagValues(), "unattributed");
		this.tenants = new TagValues(settings.maxTagValues(), "unattributed");
		this.deployments = new DeploymentIds(settings.maxTagValues());
		this.openTelemetry = settings.openTelemetryNames() ? new OpenTelemetryMeters(registry, settings, budget) : null;
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
		String provider = this.providers.of(call.target().provider());
		String model = this.models.of(call.target().answeredModel());
		String operation = operation(call.target().operation());
		String feature = this.features.of(call.attribution().feature());
		String tenant = tenant(call.attribution());
		String deployment = this.settings.deploymentTag() ? this.deployments.of(call) : "";
		CallMeters known = this.calls.find(provider, model, operation, feature, tenant, deployment);
		return (known != null) ? known
				: this.calls.get(
						() -> new CallMeters(lazy(deployed(whose(feature, tenant), deployment).and("provider", provider,
								"model", model, "operation", operation), this.otherCalls.meters())),
						this.budget, this.otherCalls, provider, model, operation, feature, tenant, deployment);
	}

	private LazyMeters lazy(Tags tags, @Nullable LazyMeters others) {
		return new LazyMeters(this.registry, tags, this.budget, others);
	}

	private TurnMeters meters(TurnRecord turn) {
		String feature = this.features.of(turn.attribution().feature());
		String tenant = tenant(turn.attribution());
		TurnMeters known = this.turns.find(feature, tenant);
		return (known != null) ? known
				: this.turns.get(() -> new TurnMeters(lazy(whose(feature, tenant), this.otherTurns.meters())),
						this.budget, this.otherTurns, feature, tenant);
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
