package io.github.costwise.benchmarks.eval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import io.github.costwise.benchmarks.eval.cache.StreamData;
import io.github.costwise.benchmarks.eval.cache.StreamResult;
import io.github.costwise.benchmarks.eval.cache.StreamSettings;
import io.github.costwise.benchmarks.eval.cache.StreamSettings.ArrivalOrder;
import io.github.costwise.benchmarks.eval.cache.StreamSimulation;
import io.github.costwise.benchmarks.eval.cache.SubStreams;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.spi.TextEncoder;

/** Runs a stream of requests through the semantic tier. */
final class StreamCommand implements EvalCommand {

	private final TextEncoder encoder;

	StreamCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "stream";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("input", "F", true), new Option("delta", "D", false),
				new Option("policy", "verified|strict|intent|static:T", false),
				new Option("order", "shuffled|file|phases", false), new Option("drift", "X", false),
				new Option("prior", "shipped|none", false), new Option("judgement-noise", "D[,S]", false),
				new Option("tenants", "N", false), new Option("seeds", "N", false), new Option("resample", "N", false),
				Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		StreamSettings settings = settings(options);
		StreamData data = new StreamData(CacheOptions.stream(options.file("input")), this.encoder);
		int samples = options.has("resample") ? options.count("resample", 1) : 0;
		if (samples > 0 && options.has("seeds")) {
			throw new UsageException("--resample and --seeds exclude each other");
		}
		if (samples > 0 && data.size() < 2 * SubStreams.SHORTEST) {
			throw new UsageException("--resample wants a stream of at least " + 2 * SubStreams.SHORTEST + " requests");
		}
		List<StreamResult> results = IntStream.range(0, (samples > 0) ? samples : options.count("seeds", 1))
			.mapToObj((run) -> {
				long seed = options.seed() + run;
				StreamResult result = ((samples > 0) ? StreamSimulation.resampled(data, settings, seed)
						: new StreamSimulation(data, settings, seed, (record) -> {
						}))
					.run();
				progress.say("seed " + seed + ": " + result.hits(0) + " hits, " + result.wrong(0) + " wrong of "
						+ result.outcomes().length);
				return result;
			})
			.toList();
		return result(results, data, settings.delta());
	}

	private static Map<String, Object> result(List<StreamResult> results, StreamData data, double delta) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("requests", Math.toIntExact(Math.round(mean(results, (run) -> run.outcomes().length))));
		double hits = mean(results, (run) -> run.hits(0));
		double wrong = mean(results, (run) -> run.wrong(0));
		result.put("hits", hits);
		result.put("wrongHits", wrong);
		result.putAll(rates(results, (run) -> 0));
		result.put("precision", (hits == 0) ? 1 : (hits - wrong) / hits);
		result.put("worstWindow", mean(results, StreamResult::worstWindow));
		result.put("lastQuarter", rates(results, (run) -> run.outcomes().length - run.outcomes().length / 4));
		if (results.size() > 1) {
			double kept = mean(results, (run) -> (run.wrong(0) <= delta * run.outcomes().length) ? 1 : 0);
			result.put("boundKept", kept);
			result.put("boundKeptInterval", CacheOptions.interval(kept, results.size()));
		}
		result.put("repeats", mean(results, StreamResult::repeats));
		result.put("lookupMicros", CacheOptions.micros(all(results, StreamResult::lookupNanos)));
		result.put("decisionMicros", CacheOptions.micros(all(results, StreamResult::decisionNanos)));
		result.put("embedMicros", CacheOptions.micros(data.embedNanos()));
		return result;
	}

	private static Map<String, Object> rates(List<StreamResult> results, ToIntFunction<StreamResult> from) {
		Map<String, Object> rates = new LinkedHashMap<>();
		rates.put("hitRate", rate(results, from, StreamResult::hits));
		rates.put("errorRate", rate(results, from, StreamResult::wrong));
		return rates;
	}

	private static double rate(List<StreamResult> results, ToIntFunction<StreamResult> from,
			ToIntBiFunction<StreamResult, Integer> figure) {
		return mean(results, (run) -> figure.applyAsInt(run, from.applyAsInt(run))
				/ (double) Math.max(1, run.outcomes().length - from.applyAsInt(run)));
	}

	private static long[] all(List<StreamResult> results, Function<StreamResult, long[]> times) {
		return results.stream().map(times).flatMapToLong(Arrays::stream).toArray();
	}

	private static double mean(List<StreamResult> results, ToDoubleFunction<StreamResult> figure) {
		return results.stream().mapToDouble(figure).average().orElse(0);
	}

	private static StreamSettings settings(Options options) {
		String policy = options.text("policy", "verified");
		String[] noise = options.text("judgement-noise", "0").split(",", 2);
		double delta = CacheOptions.share("delta", options.text("delta", String.valueOf(CacheOptions.DELTA)));
		if (delta == 0) {
			throw new UsageException("--delta wants more than 0");
		}
		return new StreamSettings(delta,
				policy.equals("verified") ? VerifierProfile.DEFAULT : CacheOptions.profile("policy", policy),
				CacheOptions.prior(options), order(options), CacheOptions.share("drift", options.text("drift", "0")),
				CacheOptions.share("judgement-noise", noise[0]),
				(noise.length > 1) ? CacheOptions.share("judgement-noise", noise[1]) : 0, options.count("tenants", 1),
				CacheQuestion.NEIGHBOURS);
	}

	private static ArrivalOrder order(Options options) {
		try {
			return ArrivalOrder.valueOf(options.text("order", "shuffled").toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException("--order wants shuffled, file or phases");
		}
	}

}
