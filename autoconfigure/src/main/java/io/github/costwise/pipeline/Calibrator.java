package io.github.costwise.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.Calibration;
import io.github.costwise.routing.calibration.CalibrationResult;
import io.github.costwise.routing.calibration.LabelFile;
import io.github.costwise.routing.calibration.LabelledRequest;
import io.github.costwise.spi.TextEncoder;

/**
 * Fits the routing model to the labels of the application, and puts it to use if it is
 * better than chance. One calibration runs at a time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Calibrator {

	private static final int BATCH = 64;

	private static final long SEED = 42;

	private final LabelFile labels;

	private final @Nullable Path weights;

	private final @Nullable TextEncoder encoder;

	private final Rollout rollout;

	/**
	 * Creates an instance.
	 * @param labels the labels
	 * @param weights where a model that goes live is written, or {@code null}
	 * @param encoder makes vectors of questions, or {@code null}
	 * @param rollout takes a model that goes live
	 */
	public Calibrator(LabelFile labels, @Nullable Path weights, @Nullable TextEncoder encoder, Rollout rollout) {
		this.labels = labels;
		this.weights = weights;
		this.encoder = encoder;
		this.rollout = rollout;
	}

	/**
	 * Calibrates on all labels. Starts from the model that comes with Costwise, so that
	 * labels never count twice.
	 * @return the result; its model, if there is one, applies from now on
	 * @throws CostwiseConfigurationException if the labels cannot be read, or the model
	 * cannot be written; nothing changes then
	 */
	public synchronized CalibrationResult calibrate() {
		RoutingModel prior = RoutingModel.shipped();
		CalibrationResult result = new Calibration(prior, SEED).calibrate(encoded(this.labels.read(), prior));
		RoutingModel model = result.model();
		if (model != null) {
			write(model);
			this.rollout.replace(this.rollout.with(model));
		}
		return result;
	}

	private List<LabelledRequest> encoded(List<LabelledRequest> labels, RoutingModel prior) {
		EncodedScore score = prior.encoded();
		if (this.encoder == null || score == null || !score.encoder().equals(this.encoder.id())) {
			return labels;
		}
		List<LabelledRequest> encoded = new ArrayList<>(labels.size());
		for (int from = 0; from < labels.size(); from += BATCH) {
			List<LabelledRequest> batch = labels.subList(from, Math.min(labels.size(), from + BATCH));
			List<float[]> vectors = this.encoder.encode(batch.stream().map(LabelledRequest::text).toList());
			for (int i = 0; i < batch.size(); i++) {
				LabelledRequest label = batch.get(i);
				encoded.add(new LabelledRequest(label.text(), vectors.get(i), label.weak(), label.strong()));
			}
		}
		return encoded;
	}

	private void write(RoutingModel model) {
		if (this.weights == null) {
			return;
		}
		try {
			Files.writeString(this.weights, model.write(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new CostwiseConfigurationException("The calibrated model cannot be written to " + this.weights + ".",
					"Set 'costwise.routing.labels.weights' to a file that can be written, or remove it.", ex);
		}
	}

}
