package io.github.costwise.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.Attribution;
import io.github.costwise.actuate.Records;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CallBuilder;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the dashboard and the documentation name meters that exist.
 */
@Tag("chain")
class DashboardTests {

	private static final Path DOCS = Path.of("..", "docs");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void registerAll() {
		MetricsCostListener listener = new MetricsCostListener(this.registry, MeterSettings.DEFAULTS,
				new SeriesBudget(2000), new Faults());
		listener.onCall(Records.call("1"));
		listener.onCall(Records.call("2", Attribution.NONE, Records.START, "gpt-5", Outcome.FAILED));
		listener.onCall(doubtful(Records.call("3")));
		listener.onTurn(Records.turn(Records.call("1"), 1));
		listener.onTurn(Records.turn(Records.call("2"), -1));
		new StateMeters(new Faults(), () -> LedgerHealth.IDLE, () -> null, Clock.systemUTC()).bindTo(this.registry);
		registerRoutes();
	}

	/** One that is whatever the others are not. */
	private static CallRecord doubtful(CallRecord call) {
		return CallBuilder.like(call)
			.timing(new CallTiming(call.timing().startedAt(), call.timing().latency(), null, true))
			.usage(call.usage().tokens(), CallRecord.UsageSource.ESTIMATED)
			.price(Price.unknown("v", PriceReason.MODEL_UNKNOWN))
			.ending(new CallEnding(call.outcome(), CallRecord.INCOMPLETE, List.of(), CallRecord.Coverage.UNMANAGED))
			.build();
	}

	/** The meters of take-overs begin with the first one. */
	private void registerRoutes() {
		try (LoopbackProvider provider = new LoopbackProvider()) {
			provider.enqueue(Answer.error(503), Answer.text("yes"));
			CostwiseRunner.create()
				.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(provider))
				.withBean(MeterRegistry.class, () -> this.registry)
				.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
						"costwise.routing.tiers.premium.targets[0].model=gpt-5",
						"costwise.policies.default.routing.mode=enforce",
						"costwise.policies.default.fallback.enabled=true",
						"costwise.budgets.limits.all.limit=100 calls")
				.run((context) -> {
					context.getBean(RouteMeters.class).bindTo(this.registry);
					context.getBean(BudgetMeters.class).bindTo(this.registry);
					context.getBean(ChatClient.Builder.class).build().prompt("Hello, what is a lamp?").call().content();
				});
		}
	}

	@Test
	void shouldAskForMetersThatExist() throws IOException {
		Set<String> known = new TreeSet<>();
		this.registry.getMeters().forEach((meter) -> known.addAll(prometheusNames(meter)));
		assertThat(found("costwise_\\w+", "grafana/costwise.json")).hasSizeGreaterThan(15).isSubsetOf(known);
		assertThat(found("costwise_\\w+", "observability.md")).isSubsetOf(known);
	}

	@Test
	void shouldDocumentEveryMeter() throws IOException {
		Set<String> documented = found("(?<=`)costwise\\.[a-z.]+(?=`)", "observability.md");
		assertThat(documented)
			.containsAll(this.registry.getMeters().stream().map((meter) -> meter.getId().getName()).toList());
	}

	private static Set<String> found(String pattern, String file) throws IOException {
		Set<String> found = new TreeSet<>();
		Pattern.compile(pattern)
			.matcher(Files.readString(DOCS.resolve(file)))
			.results()
			.forEach((result) -> found.add(result.group()));
		return found;
	}

	/** As Micrometer's naming convention for Prometheus has them. */
	private static Set<String> prometheusNames(Meter meter) {
		String name = meter.getId().getName().replace('.', '_');
		String unit = meter.getId().getBaseUnit();
		String full = (unit == null || name.endsWith("_" + unit)) ? name : name + "_" + unit;
		return switch (meter.getId().getType()) {
			case COUNTER -> Set.of(full + "_total");
			case TIMER -> Set.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
			default -> Set.of(full);
		};
	}

}
