package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.cache.PriorFit;
import io.github.costwise.benchmarks.eval.cache.StreamData;
import io.github.costwise.benchmarks.eval.cache.StreamRequest;
import io.github.costwise.benchmarks.eval.cache.StreamSettings;
import io.github.costwise.benchmarks.eval.cache.StreamSettings.ArrivalOrder;
import io.github.costwise.benchmarks.eval.cache.StreamSimulation;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.spi.TextEncoder;

/** Fits the prior on streams of which nothing is served. */
final class PriorCommand implements EvalCommand {

	private static final double SERVE_NOTHING = 1e-12;

	private final TextEncoder encoder;

	PriorCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "prior";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("inputs", "F[,F...]", true), new Option("comment", "TEXT", true),
				new Option("output", "F", true), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws IOException {
		List<List<StreamRequest>> inputs = options.files("inputs").stream().map(CacheOptions::stream).toList();
		List<List<LabelRecord>> streams = new ArrayList<>();
		for (List<StreamRequest> requests : inputs) {
			progress.say(requests.size() + " requests are being encoded and learnt from");
			StreamData data = new StreamData(requests, this.encoder);
			streams.add(learn(data, CacheQuestion.NEIGHBOURS, options.seed()));
			streams.add(learn(data, 1, options.seed()));
		}
		List<String> lines = new ArrayList<>(List.of("# " + options.text("comment", "")));
		lines.addAll(PriorFit.of(streams).write());
		Files.write(Path.of(options.text("output", "")), lines);
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("streams", streams.size());
		result.put("records", streams.stream().mapToInt(List::size).sum());
		return result;
	}

	/** With one neighbour, what a cache with few entries sees is learnt as well. */
	private static List<LabelRecord> learn(StreamData data, int neighbours, long seed) {
		StreamSettings settings = new StreamSettings(SERVE_NOTHING, VerifierProfile.DEFAULT, null,
				ArrivalOrder.SHUFFLED, 0, 0, 0, 1, neighbours);
		List<LabelRecord> records = new ArrayList<>();
		new StreamSimulation(data, settings, seed, records::add).run();
		return records;
	}

}
