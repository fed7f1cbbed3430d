package io.github.costwise.cache.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.github.costwise.files.ShippedFile;
import io.github.costwise.fit.Gaussian;
import io.github.costwise.text.Parts;

/**
 * What other traffic taught about when answers may be shared. It weighs little, so that a
 * group's own labels soon count for more. Immutable.
 *
 * @since 0.1.0
 */
public final class HitPrior {

	private static final String SHIPPED = "hit-prior.txt";

	private final Gaussian belief;

	/**
	 * Creates a prior.
	 * @param belief what it says of the weights of this version's features
	 */
	public HitPrior(Gaussian belief) {
		this.belief = belief;
	}

	/**
	 * Returns the prior that comes with Costwise. The file names the data it was fitted
	 * on, and their licences.
	 * @return the prior
	 */
	public static HitPrior shipped() {
		return read(ShippedFile.text(HitPrior.class, SHIPPED).lines().toList());
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
