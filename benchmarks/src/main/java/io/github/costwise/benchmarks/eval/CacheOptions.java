package io.github.costwise.benchmarks.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.benchmarks.eval.cache.ConversationTurn;
import io.github.costwise.benchmarks.eval.cache.StreamRequest;
import io.github.costwise.benchmarks.eval.cache.TextPair;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.VerifierProfile;

/** What the commands of the semantic tier read and print alike. */
final class CacheOptions {

	/** The bound on wrong hits per request where none is given. */
	static final double DELTA = .01;

	private static final double NANOS_PER_MICRO = 1000;

	private CacheOptions() {
	}

	static VerifierProfile profile(String option, String text) {
		try {
			return VerifierProfile.of(text);
		}
		catch (CostwiseConfigurationException ex) {
			throw new UsageException("--" + option + ": " + ex.getMessage());
		}
	}

	static @Nullable HitPrior prior(Options options) {
		return switch (options.text("prior", "shipped")) {
			case "shipped" -> HitPrior.shipped();
			case "none" -> null;
			default -> throw new UsageException("--prior wants shipped or none");
		};
	}

	static double share(String option, String text) {
		try {
			double share = Double.parseDouble(text);
			if (share >= 0 && share < 1) {
				return share;
			}
		}
		catch (NumberFormatException ex) {
			// reported below, like a number out of range
		}
		throw new UsageException("--" + option + " wants a share from 0 to less than 1, not " + text);
	}

	static List<StreamRequest> stream(Path file) {
		return new JsonLines(file).readSome((line) -> new StreamRequest(line.text("text"), line.text("answer")));
	}

	static List<TextPair> pairs(Path file) {
		return new JsonLines(file).readSome((line) -> {
			JsonNode same = line.json().path("same");
			if (!same.isBoolean()) {
				throw line.bad("\"same\" must be true or false");
			}
			return new TextPair(line.text("a"), line.text("b"), same.booleanValue(), line.text("kind"));
		});
	}

	static List<ConversationTurn> turns(Path file) {
		return new JsonLines(file).readSome((line) -> new ConversationTurn(line.text("conversation"), history(line),
				line.text("text"), line.text("answer").strip()));
	}

	private static List<String> history(JsonLines.Line line) {
		JsonNode history = line.json().path("history");
		List<String> messages = new ArrayList<>();
		for (JsonNode message : history) {
			if (message.isString()) {
				messages.add(message.stringValue());
			}
		}
		if (!history.isArray() || messages.size() < history.size()) {
			throw line.bad("\"history\" must be a list of texts");
		}
		return messages;
	}

	/** The 95 % interval of a share (E. B. Wilson, "Probable inference", 1927). */
	static List<Double> interval(double share, int runs) {
		double z = 1.96;
		double middle = share + z * z / (2 * runs);
		double half = z * Math.sqrt((share * (1 - share) + z * z / (4 * runs)) / runs);
		double whole = 1 + z * z / runs;
		return List.of(Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole));
	}

	static Map<String, Object> micros(long[] nanos) {
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		Map<String, Object> percentiles = new LinkedHashMap<>();
		percentiles.put("p50", sorted[sorted.length / 2] / NANOS_PER_MICRO);
		percentiles.put("p99", sorted[sorted.length * 99 / 100] / NANOS_PER_MICRO);
		return percentiles;
	}

}
