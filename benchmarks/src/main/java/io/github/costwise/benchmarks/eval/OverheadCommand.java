package io.github.costwise.benchmarks.eval;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.context.support.GenericApplicationContext;

import io.github.costwise.benchmarks.eval.Blocks.Block;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.CostCalculator;

/**
 * Measures what management adds to a call of a ChatClient over a model that answers from
 * memory.
 */
final class OverheadCommand implements EvalCommand {

	private static final String SYSTEM = "You answer questions of customers about their orders, in one line. "
		.repeat(14);

	private static final String MANAGED = "managed";

	private static final String MANAGED_METERS = "managedWithMeters";

	private static final String BARE = "bare";

	private static final String BARE_METERS = "bareWithMeters";

	private static final String EMPTY = "emptyAdvisors";

	private static final String MANAGED_STREAM = "managedStream";

	private static final String BARE_STREAM = "bareStream";

	private static final String PRICE = "price";

	private volatile Object sink = this;

	private long asked;

	@Override
	public String name() {
		return "overhead";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("pillars", "accounting,exact,routing,fallback,budget", false),
				new Option("rounds", "N", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		Map<String, Object> properties = OverheadPillars.properties(options.text("pillars", "accounting"));
		int rounds = options.count("rounds", 800);
		ObservationRegistry meters = ObservationRegistry.create();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		meters.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		try (ManagedContext plain = ManagedContext.start(properties,
				(beans) -> addClient(beans, ObservationRegistry.NOOP));
				ManagedContext metered = ManagedContext.start(properties, (beans) -> {
					beans.registerBean(MeterRegistry.class, () -> registry);
					addClient(beans, meters);
				})) {
			return measure(plain, metered, meters, rounds, progress);
		}
	}

	private Map<String, Object> measure(ManagedContext plain, ManagedContext metered, ObservationRegistry meters,
			int rounds, Progress progress) {
		ScriptedModel model = new ScriptedModel();
		ChatClient managed = plain.client(MANAGED);
		ChatClient managedMetered = metered.client(MANAGED);
		ChatClient bare = ChatClient.create(model);
		Blocks calls = new Blocks(100);
		calls.add(BARE, () -> call(bare));
		ChatClient empty = ChatClient.builder(model).defaultAdvisors(EmptyAdvisors.both()).build();
		calls.add(EMPTY, () -> call(empty));
		calls.add(MANAGED, () -> call(managed));
		Blocks metersOn = new Blocks(100);
		ChatClient bareMetered = ChatClient.create(model, meters);
		metersOn.add(BARE_METERS, () -> call(bareMetered));
		metersOn.add(MANAGED_METERS, () -> call(managedMetered));
		Blocks streams = new Blocks(5);
		streams.add(BARE_STREAM, () -> stream(bare));
		streams.add(EMPTY, () -> stream(empty));
		streams.add(MANAGED_STREAM, () -> stream(managed));
		Blocks prices = new Blocks(500);
		prices.add(PRICE, pricing(plain.bean(CostCalculator.class)));
		run(calls, rounds, "calls", progress);
		run(metersOn, rounds, "calls with meters", progress);
		run(streams, rounds, "streams", progress);
		run(prices, rounds, "prices", progress);
		return result(calls, metersOn, streams, prices);
	}

	private static void addClient(GenericApplicationContext beans, ObservationRegistry observations) {
		beans.registerBean(ScriptedModel.class, ScriptedModel::new);
		beans.registerBean(MANAGED, ChatClient.class,
				() -> ChatClient.create(beans.getBean(ScriptedModel.class), observations));
	}

	private static void run(Blocks blocks, int rounds, String what, Progress progress) {
		progress.say("measuring " + what);
		blocks.run(rounds / 2 + 1, rounds);
	}

	private String question() {
		return "Where is parcel number " + this.asked++ + "?";
	}

	private void call(ChatClient client) {
		this.sink = client.prompt().system(SYSTEM).user(question()).call().chatResponse();
	}

	private void stream(ChatClient client) {
		this.sink = client.prompt().system(SYSTEM).user(question()).stream().chatResponse().blockLast();
	}

	private Runnable pricing(CostCalculator calculator) {
		ModelId[] models = { new ModelId("openai", "gpt-5-mini"), new ModelId("anthropic", "claude-haiku-4-5"),
				new ModelId("google", "gemini-2.5-pro"), new ModelId("openai", "gpt-4o-2024-08-06") };
		TokenUsage[] usages = new TokenUsage[64];
		for (int i = 0; i < usages.length; i++) {
			usages[i] = TokenUsage.builder()
				.add(BilledUnit.INPUT, 100 + i * 7919L)
				.add(BilledUnit.CACHE_READ, i * 31L)
				.add(BilledUnit.OUTPUT, 50 + i * 17L)
				.build();
		}
		Instant at = Instant.now();
		int[] next = { 0 };
		return () -> {
			int i = next[0]++;
			this.sink = calculator.price(models[i & 3], at, usages[i & 63], ServiceTier.STANDARD);
		};
	}

	private static Map<String, Object> result(Blocks calls, Blocks metersOn, Blocks streams, Blocks prices) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("bareMicros", micros(calls.median(BARE, Block::p50)));
		result.put("addedMicros", added(calls, MANAGED, BARE));
		result.put("bareWithMetersMicros", micros(metersOn.median(BARE_METERS, Block::p50)));
		result.put("addedWithMetersMicros", added(metersOn, MANAGED_METERS, BARE_METERS));
		result.put("emptyAdvisorsMicros", added(calls, EMPTY, BARE));
		result.put("addedPerChunkMicros",
				micros(streams.added(MANAGED_STREAM, BARE_STREAM, Block::p50) / ScriptedModel.CHUNKS));
		result.put("emptyAdvisorsPerChunkMicros",
				micros(streams.added(EMPTY, BARE_STREAM, Block::p50) / ScriptedModel.CHUNKS));
		result.put("priceNanos", percentiles(prices.median(PRICE, Block::p50), prices.median(PRICE, Block::p99)));
		result.put("allocatedBytesPerCall", Math.round(calls.added(MANAGED, BARE, Block::bytes)));
		result.put("allocatedBytesPerPrice", Math.round(prices.median(PRICE, Block::bytes)));
		return result;
	}

	private static Map<String, Double> added(Blocks blocks, String name, String base) {
		return percentiles(micros(blocks.added(name, base, Block::p50)), micros(blocks.added(name, base, Block::p99)));
	}

	private static Map<String, Double> percentiles(double p50, double p99) {
		Map<String, Double> percentiles = new LinkedHashMap<>();
		percentiles.put("p50", p50);
		percentiles.put("p99", p99);
		return percentiles;
	}

	private static double micros(double nanos) {
		return Math.round(nanos / 10) / 100d;
	}

}
