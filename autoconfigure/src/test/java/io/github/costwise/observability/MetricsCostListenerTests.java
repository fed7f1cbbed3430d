package io.github.costwise.observability;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.github.costwise.Attribution;
import io.github.costwise.actuate.Records;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link MetricsCostListener}.
 */
@org.junit.jupiter.api.Tag("unit")
class MetricsCostListenerTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private SeriesBudget budget = new SeriesBudget(2000);

	private final Faults faults = new Faults();

	@Test
	void shouldMeterACall() {
		listener(MeterSettings.DEFAULTS).onCall(Records.call("1"));
		assertThat(this.registry.get("costwise.calls")
			.tags("provider", "openai", "model", "gpt-5-mini", "operation", "chat", "feature", "support", "outcome",
					"succeeded")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(420);
		assertThat(tokens("input")).isEqualTo(1000);
		assertThat(tokens("cache_read")).isEqualTo(300);
		assertThat(tokens("cache_write")).isEqualTo(200);
		assertThat(tokens("output")).isEqualTo(80);
		assertThat(tokens("reasoning")).isEqualTo(20);
		assertThat(sum("costwise.cost")).isCloseTo(0.001, within(1e-12));
		assertThat(this.registry.get("costwise.cost").tag("kind", "output").counter().count()).isCloseTo(0.00045,
				within(1e-12));
		assertThat(this.registry.find("costwise.cost.retry").meter()).isNull();
		assertThat(this.registry.find("costwise.calls.unattributed").meter()).isNull();
		assertThat(this.registry.get("costwise.calls.first.token").timer().count()).isEqualTo(1);
	}

	@Test
	void shouldMeterSpendThatAnsweredNobody() {
		listener(MeterSettings.DEFAULTS)
			.onCall(Records.call("1", Attribution.NONE, Records.START, "gpt-5", Outcome.FAILED));
		assertThat(sum("costwise.cost.retry")).isCloseTo(0.001, within(1e-12));
		assertThat(sum("costwise.calls.unattributed")).isEqualTo(1);
		assertThat(this.registry.get("costwise.calls")
			.tags("feature", "unattributed", "outcome", "failed")
			.timer()
			.count()).isEqualTo(1);
	}

	@Test
	void shouldMeterGainsAndLossesApart() {
		MetricsCostListener listener = listener(MeterSettings.DEFAULTS);
		listener.onTurn(Records.turn(Records.call("1"), 3_000_000));
		listener.onTurn(Records.turn(Records.call("2"), -1_000_000));
		assertThat(this.registry.get("costwise.saved").tag("effect", "gain").counter().count()).isCloseTo(0.003,
				within(1e-12));
		assertThat(this.registry.get("costwise.saved").tag("effect", "loss").counter().count()).isCloseTo(0.001,
				within(1e-12));
		assertThat(this.registry.get("costwise.turns").tags("outcome", "answered", "cache", "not_used").timer().count())
			.isEqualTo(2);
	}

	@Test
	void shouldKeepTheSetsOfTagValuesClosed() throws Exception {
		MetricsCostListener listener = listener(new MeterSettings(5, true, true, true));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		CountDownLatch start = new CountDownLatch(1);
		for (int thread = 0; thread < 4; thread++) {
			threads.execute(() -> {
				await(start);
				for (int i = 0; i < 200; i++) {
					CallRecord call = call(i);
					listener.onCall(call);
					listener.onTurn(Records.turn(call, 1));
				}
			});
		}
		start.countDown();
		threads.shutdown();
		assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
		Map<String, Set<String>> values = this.registry.getMeters()
			.stream()
			.flatMap((meter) -> meter.getId().getTags().stream())
			.collect(Collectors.groupingBy(Tag::getKey, Collectors.mapping(Tag::getValue, Collectors.toSet())));
		assertThat(values.keySet()).doesNotContain("user").contains("tenant", "feature", "model");
		for (String open : List.of("tenant", "feature", "model", "deployment", "gen_ai.response.model")) {
			assertThat(values.get(open)).as(open).hasSize(6).contains("other");
		}
		assertThat(this.registry.find("costwise.calls").timers().stream().mapToLong((timer) -> timer.count()).sum())
			.isEqualTo(800);
	}

	@Test
	void shouldRegisterWhatIsUsedAlone() {
		listener(MeterSettings.DEFAULTS)
			.onCall(Records.call("1", Attribution.NONE, Records.START, "gpt-5", Outcome.SUCCEEDED));
		assertThat(this.registry.find("costwise.calls").timers()).hasSize(1);
		assertThat(this.registry.find("costwise.cost.retry").counters()).isEmpty();
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.measure().iterator().next().getValue()).isPositive());
	}

	@Test
	void shouldCountEverythingWithinItsSeries() {
		this.budget = new SeriesBudget(300);
		MetricsCostListener listener = listener(new MeterSettings(1000, true, true, true));
		for (int i = 0; i < 1000; i++) {
			listener.onCall(call(i));
			listener.onTurn(Records.turn(call(i), 1));
		}
		long series = this.registry.getMeters().stream().mapToLong(MetricsCostListenerTests::series).sum();
		assertThat(series).isBetween(250L, 400L);
		assertThat(this.registry.find("costwise.calls").timers().stream().mapToLong((timer) -> timer.count()).sum())
			.isEqualTo(1000);
		assertThat(this.registry.find("costwise.turns").timers().stream().mapToLong((timer) -> timer.count()).sum())
			.isEqualTo(1000);
		assertThat(this.registry.find("gen_ai.client.operation.duration")
			.timers()
			.stream()
			.mapToLong((timer) -> timer.count())
			.sum()).isEqualTo(1000);
		assertThat(sum("costwise.cost")).isCloseTo(1, within(1e-9));
		assertThat(this.registry.get("costwise.calls").tag("model", "other").timer().count()).isGreaterThan(900);
	}

	private static long series(Meter meter) {
		return (meter instanceof Timer) ? 3 : 1;
	}

	@Test
	void shouldLeaveTenantsAndDeploymentsOutUnlessAskedFor() {
		listener(MeterSettings.DEFAULTS).onCall(Records.call("1"));
		assertThat(this.registry.getMeters()).extracting(Meter::getId).allSatisfy((id) -> {
			assertThat(id.getTag("tenant")).isNull();
			assertThat(id.getTag("deployment")).isNull();
		});
	}

	@Test
	void shouldTagDeploymentsWhenAsked() {
		CallRecord call = Records.call("1");
		listener(new MeterSettings(5, false, true, false)).onCall(call);
		assertThat(this.registry.get("costwise.calls").tag("deployment", call.deployment()).timers()).isNotEmpty();
	}

	@Test
	void shouldUseOpenTelemetryNamesWhenAsked() {
		listener(new MeterSettings(5, false, false, true)).onCall(Records.call("1"));
		assertThat(this.registry.get("gen_ai.client.operation.duration")
			.tags("gen_ai.provider.name", "openai", "gen_ai.operation.name", "chat", "gen_ai.request.model", "gpt-5",
					"gen_ai.response.model", "gpt-5-mini", "error.type", "none")
			.timer()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("gen_ai.client.operation.time_to_first_chunk").timer().max(TimeUnit.MILLISECONDS))
			.isEqualTo(90);
		assertThat(this.registry.find("gen_ai.client.token.usage").meters()).isEmpty();
	}

	@Test
	void shouldNotThrowWhenTheRegistryDoes() {
		this.registry.config().meterFilter(new MeterFilter() {

			@Override
			public MeterFilterReply accept(Meter.Id id) {
				throw new IllegalStateException("broken filter");
			}

		});
		MetricsCostListener listener = listener(MeterSettings.DEFAULTS);
		listener.onCall(Records.call("1"));
		listener.onTurn(Records.turn(Records.call("1"), 0));
		assertThat(this.faults.count(Faults.Kind.LISTENER)).isEqualTo(2);
	}

	@Test
	void shouldNotAllocateForKnownTags() {
		MetricsCostListener listener = listener(MeterSettings.DEFAULTS);
		CallRecord call = Records.call("1");
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		int calls = 20_000;
		for (int i = 0; i < calls; i++) {
			listener.onCall(call);
		}
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < calls; i++) {
			listener.onCall(call);
		}
		assertThat((threads.getCurrentThreadAllocatedBytes() - before) / calls).isLessThan(64);
	}

	private MetricsCostListener listener(MeterSettings settings) {
		return new MetricsCostListener(this.registry, settings, this.budget, this.faults);
	}

	private double tokens(String kind) {
		return this.registry.get("costwise.tokens").tag("kind", kind).counter().count();
	}

	private double sum(String name) {
		return this.registry.get(name).counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

	private static CallRecord call(int i) {
		return Records.call("c" + i, new Attribution("f" + i, "t" + i, "u" + i, Map.of()),
				Records.START.plus(Duration.ofSeconds(i)), "m" + i, Outcome.SUCCEEDED);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
