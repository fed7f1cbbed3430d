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

import io.github.costwise.routing.EncodedScore.Landmarks;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RoutingModel.FeatureScale;

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
			landmarks(text, encoded.landmarks());
		}
		return text.toString();
	}

	private static void linear(StringBuilder text, String name, LinearScore score) {
		line(text, name + ".weights", numbers(score.weights()));
		line(text, name + ".bias", Double.toString(score.bias()));
		line(text, name + ".link",
				numbers(new double[] { score.link().slope(), score.link().light(), score.link().standard() }));
	}

	private static void landmarks(StringBuilder text, @Nullable Landmarks landmarks) {
		if (landmarks == null) {
			return;
		}
		line(text, "sharpness", Double.toString(landmarks.sharpness()));
		for (int i = 0; i < landmarks.weights().length; i++) {
			line(text, "landmark", landmarks.weights()[i] + " " + packed(landmarks.vectors()[i]));
		}
	}

	private static void line(StringBuilder text, String key, String value) {
		text.append(key).append(' ').append(value).append('\n');
	}

	static RoutingModel read(String text) {
		String[] lines = text.split("\n");
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
				landmarks(values));
	}

	private static @Nullable Landmarks landmarks(Map<String, List<String>> values) {
		List<String> lines = values.getOrDefault("landmark", List.of());
		if (lines.isEmpty()) {
			return null;
		}
		float[][] vectors = new float[lines.size()][];
		double[] weights = new double[vectors.length];
		for (int i = 0; i < vectors.length; i++) {
			int blank = lines.get(i).indexOf(' ');
			weights[i] = Double.parseDouble(lines.get(i).substring(0, blank));
			vectors[i] = unpacked(lines.get(i).substring(blank + 1));
		}
		return new Landmarks(Double.parseDouble(one(values, "sharpness")), vectors, weights);
	}

	private static LinearScore linear(Map<String, List<String>> values, String name) {
		double[] link = numbers(one(values, name + ".link"));
		return new LinearScore(numbers(one(values, name + ".weights")), Double.parseDouble(one(values, name + ".bias")),
				new Link(link[0], link[1], link[2]));
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
		return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
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
