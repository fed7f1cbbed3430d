package io.github.costwise.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.files.ShippedFile;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.routing.LinearScore.Link;

/**
 * What is known about which requests need a capable model: weights of the features of a
 * text, with and without the vector of an encoder. Immutable and thread-safe as long as
 * the arrays of its parts are not changed.
 *
 * @param version tells this model from others; part of decisions and of the configuration
 * version
 * @param training names of the data that it was fitted on, with their licences
 * @param scale how features are standardised
 * @param plain the score without a vector
 * @param encoded the score with a vector, or {@code null} when there is none
 * @since 0.1.0
 */
public record RoutingModel(String version, List<String> training, FeatureScale scale, LinearScore plain,
		@Nullable EncodedScore encoded) {

	private static final String SHIPPED = "routing-model.txt";

	/** Copies its list. */
	public RoutingModel {
		training = List.copyOf(training);
	}

	/**
	 * Reads the model that comes with Costwise.
	 * @return the model
	 */
	public static RoutingModel shipped() {
		return read(ShippedFile.text(RoutingModel.class, SHIPPED));
	}

	/**
	 * Reads a model.
	 * @param text what {@link #write()} gave
	 * @return the model
	 * @throws CostwiseConfigurationException if it is no routing model of this version
	 */
	public static RoutingModel read(String text) {
		try {
			return ModelText.read(text);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			throw new CostwiseConfigurationException("The routing model cannot be read: " + ex.getMessage(),
					"Write it again with the calibration of this version of Costwise.", ex);
		}
	}

	/**
	 * Writes the model as text, which reads back as an equal model.
	 * @return a text of several lines
	 */
	public String write() {
		return ModelText.write(this);
	}

	/**
	 * Checks that vectors of an encoder mean what this model takes them for.
	 * @param encoder id of the encoder
	 * @return this model, without its encoded part when that was fitted on another
	 * encoder
	 */
	public RoutingModel forEncoder(String encoder) {
		if (this.encoded == null || this.encoded.encoder().equals(encoder)) {
			return this;
		}
		return new RoutingModel(plainVersion(), this.training, this.scale, this.plain, null);
	}

	private String plainVersion() {
		return (this.encoded != null) ? this.version + "-plain" : this.version;
	}

	/**
	 * Scores a request.
	 * @param text its text
	 * @param vector its vector, of the encoder that {@link #encoded()} names, or
	 * {@code null}
	 * @return the score, or {@code null} when there is nothing to score by
	 */
	public @Nullable RoutingScore score(String text, float @Nullable [] vector) {
		RequestFeatures features = RequestFeatures.of(text);
		if (!features.telling()) {
			return null;
		}
		EncodedScore encoded = this.encoded;
		if (encoded == null || vector == null || vector.length != encoded.direction().length) {
			return plain(features);
		}
		LearntScore learnt = encoded.learnt();
		if (learnt != null) {
			double gain = learnt.of(this.scale.standardise(features), vector);
			return scored(features, gain, learnt.link());
		}
		return scored(features, sum(encoded.features(), features) + encoded.of(vector), encoded.features().link());
	}

	/** Falls back on the features when the vector was not finite. */
	private RoutingScore scored(RequestFeatures features, double difficulty, Link link) {
		return Double.isFinite(difficulty)
				? new RoutingScore(difficulty, link.probabilities(difficulty), true, this.version) : plain(features);
	}

	private double sum(LinearScore score, RequestFeatures features) {
		double sum = score.bias();
		for (int i = 0; i < score.weights().length; i++) {
			sum += score.weights()[i] * this.scale.standardise(i, features.value(i));
		}
		return sum;
	}

	private RoutingScore plain(RequestFeatures features) {
		double difficulty = sum(this.plain, features);
		return new RoutingScore(difficulty, this.plain.link().probabilities(difficulty), false, plainVersion());
	}

	/**
	 * How features are standardised: less their mean, by their deviation, cut off at
	 * three deviations.
	 *
	 * @param means one mean a feature
	 * @param deviations one standard deviation a feature, above 0
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record FeatureScale(double[] means, double[] deviations) {

		private static final double MOST = 3;

		/**
		 * Creates a scale.
		 * @throws IllegalArgumentException if their count is wrong or a deviation is not
		 * above 0
		 */
		public FeatureScale {
			if (means.length != RequestFeatures.NAMES.size() || deviations.length != means.length) {
				throw new IllegalArgumentException("Wrong scale of a routing model");
			}
			for (double deviation : deviations) {
				if (!(deviation > 0)) {
					throw new IllegalArgumentException("A deviation must be above 0");
				}
			}
		}

		/**
		 * Standardises the features of a text.
		 * @param features the features
		 * @return one value a feature, from -3 to 3
		 */
		public double[] standardise(RequestFeatures features) {
			double[] values = new double[this.means.length];
			for (int i = 0; i < values.length; i++) {
				values[i] = standardise(i, features.value(i));
			}
			return values;
		}

		double standardise(int index, double value) {
			double standard = (value - this.means[index]) / this.deviations[index];
			return Math.max(-MOST, Math.min(MOST, standard));
		}

	}

}
