package io.github.costwise.cache.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.SymmetricMatrix;
import io.github.costwise.text.Parts;

/**
 * What other traffic taught about when answers may be shared. It weighs little, so that a
 * group's own labels soon count for more. Immutable.
 *
 * @since 0.1.0
 */
public final class HitPrior {

	private static final String SHIPPED = "hit-prior.txt";

	private static final double LABELS_OF_A_STREAM = 300;

	private static final double FADING = .03;

	private static final double VAGUE = .3;

	private final Gaussian belief;

	HitPrior(Gaussian belief) {
		this.belief = belief;
	}

	/**
	 * Returns the prior that comes with Costwise. The file names the data it was fitted
	 * on, and their licences.
	 * @return the prior
	 */
	public static HitPrior shipped() {
		try (InputStream in = HitPrior.class.getResourceAsStream(SHIPPED)) {
			if (in == null) {
				throw new IllegalStateException("The file " + SHIPPED + " is missing from the jar");
			}
			return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a prior.
	 * @param lines what {@link #write()} returned, comments that start with # aside
	 * @return the prior
	 * @throws IllegalArgumentException if it is no prior for this version's features
	 */
	public static HitPrior read(List<String> lines) {
		double[][] rows = lines.stream()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map(HitPrior::numbers)
			.toArray(double[][]::new);
		int size = FeatureVector.SIZE;
		if (rows.length != size + 2 || rows[0].length != 1 || rows[0][0] != FeatureVector.VERSION
				|| Arrays.stream(rows).skip(1).anyMatch((row) -> row.length != size)) {
			throw new IllegalArgumentException("Not a prior for features of version " + FeatureVector.VERSION);
		}
		return new HitPrior(new Gaussian(rows[1], Arrays.copyOfRange(rows, 2, size + 2)));
	}

	/**
	 * Fits a prior by Bayesian logistic regression, and weakens it. Every stream counts
	 * as 300 labels, however many it has.
	 * @param streams the records of traffic that was only learnt from, stream by stream
	 * @return the prior
	 */
	public static HitPrior fit(List<List<LabelRecord>> streams) {
		LabelBuffer labels = new LabelBuffer(Gaussian.vague(FeatureVector.SIZE));
		for (List<LabelRecord> stream : streams) {
			List<LabelRecord> labelled = stream.stream().filter(LabelRecord::hasLabel).toList();
			labelled.forEach(
					(record) -> labels.add(record.toFeatures(), record.isSame(), LABELS_OF_A_STREAM / labelled.size()));
		}
		HitModel model = labels.fit(HitModel.of(Gaussian.vague(FeatureVector.SIZE)), 0);
		double[][] precision = SymmetricMatrix.inverse(model.covariance());
		double[][] weak = SymmetricMatrix.diagonal(FeatureVector.SIZE, VAGUE);
		for (int i = 0; i < weak.length; i++) {
			double[] row = weak[i];
			double[] sure = precision[i];
			Arrays.setAll(row, (j) -> row[j] + FADING * sure[j]);
		}
		return new HitPrior(new Gaussian(model.weights(), weak));
	}

	/**
	 * Writes the prior: the version of the features, the weights, and their precision by
	 * rows.
	 * @return the lines
	 */
	public List<String> write() {
		return Stream
			.concat(Stream.of(String.valueOf(FeatureVector.VERSION), line(this.belief.mean())),
					Arrays.stream(this.belief.precision()).map(HitPrior::line))
			.toList();
	}

	Gaussian belief() {
		return this.belief;
	}

	private static double[] numbers(String line) {
		try {
			return Arrays.stream(Parts.words(line)).mapToDouble(Double::parseDouble).toArray();
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("Not a line of numbers: " + line, ex);
		}
	}

	private static String line(double[] numbers) {
		return DoubleStream.of(numbers)
			.mapToObj((number) -> String.format(Locale.ROOT, "%.5g", number))
			.collect(Collectors.joining(" "));
	}

}
