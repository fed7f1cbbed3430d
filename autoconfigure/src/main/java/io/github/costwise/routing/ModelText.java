package io.github.costwise.routing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.routing.LearntScore.Landmarks;
import io.github.costwise.routing.LearntScore.WeightedOdds;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RoutingModel.FeatureScale;
import io.github.costwise.text.Parts;

/**
 * Routing models as text: one key and its value a line; what a feature weighs stands in a
 * line of its own; vectors are single-precision numbers in base 64, those of landmarks
 * whole numbers of -127 to 127 with a scale.
 */
final class ModelText {

	private static final String FORMAT = "costwise-routing-model 1";

	private ModelText() {
	}

	static String write(RoutingModel model) {
		StringBuilder text = new StringBuilder(FORMAT).append('\n');
		line(text, "version", model.version());
		model.training().forEach((name) -> line(text, "training", name));
		line(text, "mean", numbers(model.scale().means()));
		line(text, "deviation", numbers(model.scale().deviations()));
		linear(text, "plain", model.plain());
		EncodedScore encoded = model.encoded();
		if (encoded != null) {
			line(text, "encoder", encoded.encoder());
			linear(text, "encoded", encoded.features());
			line(text, "direction", floats(encoded.direction()));
			learnt(text, encoded.learnt());
		}
		return text.toString();
	}

	private static void linear(StringBuilder text, String name, LinearScore score) {
		line(text, name + ".weights", numbers(score.weights()));
		line(text, name + ".bias", Double.toString(score.bias()));
		link(text, name, score.link());
	}

	private static void link(StringBuilder text, String name, Link link) {
		line(text, name + ".link", numbers(new double[] { link.slope(), link.light(), link.standard() }));
	}

	private static void learnt(StringBuilder text, @Nullable LearntScore learnt) {
		if (learnt == null) {
			return;
		}
		link(text, "learnt", learnt.link());
		expectation(text, "weak", learnt.weak());
		expectation(text, "strong", learnt.strong());
		for (int i = 0; i < learnt.landmarks().vectors().length; i++) {
			line(text, "landmark", learnt.weak().landmarks()[i] + " " + learnt.strong().landmarks()[i] + " "
					+ floats(learnt.landmarks().features()[i]) + " " + packed(learnt.landmarks().vectors()[i]));
		}
	}

	private static void expectation(StringBuilder text, String name, WeightedOdds expectation) {
		line(text, name + ".weights", numbers(expectation.features()));
		line(text, name + ".bias", Double.toString(expectation.bias()));
		line(text, name + ".direction", floats(expectation.direction()));
	}

	private static void line(StringBuilder text, String key, String value) {
		text.append(key).append(' ').append(value).append('\n');
	}

	static RoutingModel read(String text) {
		String[] lines = Parts.of(text, "\n");
		if (!lines[0].trim().equals(FORMAT)) {
			throw new IllegalArgumentException("its first line is not \"" + FORMAT + "\"");
		}
		Map<String, List<String>> values = new HashMap<>();
		for (String line : lines) {
			int blank = line.indexOf(' ');
			if (blank > 0) {
				values.computeIfAbsent(line.substring(0, blank), (key) -> new ArrayList<>())
					.add(line.substring(blank + 1).trim());
			}
		}
		return new RoutingModel(one(values, "version"), values.getOrDefault("training", List.of()),
				new FeatureScale(numbers(one(values, "mean")), numbers(one(values, "deviation"))),
				linear(values, "plain"), encoded(values));
	}

	private static @Nullable EncodedScore encoded(Map<String, List<String>> values) {
		if (!values.containsKey("encoder")) {
			return null;
		}
		return new EncodedScore(one(values, "encoder"), linear(values, "encoded"), floats(one(values, "direction")),
				learnt(values));
	}

	private static @Nullable LearntScore learnt(Map<String, List<String>> values) {
		if (!values.containsKey("learnt.link")) {
			return null;
		}
		String[][] lines = values.getOrDefault("landmark", List.of())
			.stream()
			.map((line) -> Parts.of(line, " ", 4))
			.toArray(String[][]::new);
		Landmarks landmarks = new Landmarks(Arrays.stream(lines).map((line) -> floats(line[2])).toArray(float[][]::new),
				Arrays.stream(lines).map((line) -> unpacked(line[3])).toArray(float[][]::new));
		return new LearntScore(landmarks, expectation(values, "weak", column(lines, 0)),
				expectation(values, "strong", column(lines, 1)), link(values, "learnt"));
	}

	private static double[] column(String[][] lines, int index) {
		return Arrays.stream(lines).mapToDouble((line) -> Double.parseDouble(line[index])).toArray();
	}

	private static WeightedOdds expectation(Map<String, List<String>> values, String name, double[] landmarks) {
		return new WeightedOdds(numbers(one(values, name + ".weights")), number(values, name + ".bias"),
				floats(one(values, name + ".direction")), landmarks);
	}

	private static LinearScore linear(Map<String, List<String>> values, String name) {
		return new LinearScore(numbers(one(values, name + ".weights")), number(values, name + ".bias"),
				link(values, name));
	}

	private static Link link(Map<String, List<String>> values, String name) {
		double[] link = numbers(one(values, name + ".link"));
		return new Link(link[0], link[1], link[2]);
	}

	private static double number(Map<String, List<String>> values, String key) {
		return Double.parseDouble(one(values, key));
	}

	private static String one(Map<String, List<String>> values, String key) {
		List<String> found = values.getOrDefault(key, List.of());
		if (found.size() != 1) {
			throw new IllegalArgumentException("\"" + key + "\" must be there once");
		}
		return found.get(0);
	}

	private static String numbers(double[] values) {
		return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" "));
	}

	private static double[] numbers(String text) {
		return Arrays.stream(Parts.of(text, " ")).mapToDouble(Double::parseDouble).toArray();
	}

	private static String floats(float[] values) {
		ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
		for (float value : values) {
			bytes.putFloat(value);
		}
		return Base64.getEncoder().encodeToString(bytes.array());
	}

	private static float[] floats(String text) {
		ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
		float[] values = new float[bytes.remaining() / Float.BYTES];
		for (int i = 0; i < values.length; i++) {
			values[i] = bytes.getFloat();
		}
		return values;
	}

	/** The largest element becomes 127, so a packed vector packs to itself. */
	static String packed(float[] vector) {
		float largest = 0;
		for (float element : vector) {
			largest = Math.max(largest, Math.abs(element));
		}
		float scale = (largest == 0) ? 1 : largest / Byte.MAX_VALUE;
		byte[] bytes = new byte[vector.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) Math.round(vector[i] / scale);
		}
		return scale + " " + Base64.getEncoder().encodeToString(bytes);
	}

	static float[] unpacked(String text) {
		int blank = text.indexOf(' ');
		float scale = Float.parseFloat(text.substring(0, blank));
		byte[] bytes = Base64.getDecoder().decode(text.substring(blank + 1));
		float[] vector = new float[bytes.length];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = bytes[i] * scale;
		}
		return vector;
	}

}
