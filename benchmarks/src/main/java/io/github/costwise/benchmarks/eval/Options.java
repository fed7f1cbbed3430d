package io.github.costwise.benchmarks.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.EvalCommand.Option;

/** The options given to a command. */
final class Options {

	private static final long DEFAULT_SEED = 42;

	private final Map<String, String> values;

	private Options(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Reads options.
	 * @param args names and values in turn
	 * @param allowed the options of the command
	 * @return the options
	 * @throws UsageException if one is unknown, twice there, without a value or missing
	 */
	static Options parse(List<String> args, List<Option> allowed) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.size(); i += 2) {
			String name = args.get(i);
			if (allowed.stream().noneMatch((option) -> name.equals("--" + option.name()))) {
				throw new UsageException("unknown option " + name);
			}
			if (i + 1 == args.size()) {
				throw new UsageException(name + " needs a value");
			}
			if (values.put(name.substring(2), args.get(i + 1)) != null) {
				throw new UsageException(name + " is given twice");
			}
		}
		for (Option option : allowed) {
			if (option.required() && !values.containsKey(option.name())) {
				throw new UsageException("--" + option.name() + " is missing");
			}
		}
		return new Options(values);
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	long seed() {
		return number("seed", DEFAULT_SEED, Long.MIN_VALUE);
	}

	/**
	 * Returns a whole number.
	 * @param name the option
	 * @param otherwise the value when it is not given
	 * @return the number, at least 1
	 */
	int count(String name, int otherwise) {
		return Math.toIntExact(number(name, otherwise, 1));
	}

	/**
	 * Returns a decimal number.
	 * @param name the option
	 * @param least the least value allowed
	 * @return the number
	 */
	double decimal(String name, double least) {
		try {
			double number = Double.parseDouble(text(name, ""));
			if (number >= least && number < Double.POSITIVE_INFINITY) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// reported below, like a number out of range
		}
		throw new UsageException("--" + name + " wants a number from " + least + ", not " + text(name, ""));
	}

	String text(String name, String otherwise) {
		return this.values.getOrDefault(name, otherwise);
	}

	/**
	 * Returns a file to read.
	 * @param name the option
	 * @return the file
	 */
	Path file(String name) {
		return readable(name, text(name, ""));
	}

	/**
	 * Returns the files to read.
	 * @param name the option, whose value names them with commas in between
	 * @return the files
	 */
	List<Path> files(String name) {
		return Arrays.stream(text(name, "").split(",")).map((value) -> readable(name, value)).toList();
	}

	private static Path readable(String name, String value) {
		Path file = Path.of(value);
		if (!Files.isReadable(file) || Files.isDirectory(file)) {
			throw new UsageException("--" + name + ": cannot read the file " + file);
		}
		return file;
	}

	private long number(String name, long otherwise, long least) {
		String value = this.values.get(name);
		if (value == null) {
			return otherwise;
		}
		try {
			long number = Long.parseLong(value);
			if (number >= least && (least == Long.MIN_VALUE || number <= Integer.MAX_VALUE)) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// reported below, like a number out of range
		}
		throw new UsageException("--" + name + " wants a whole number"
				+ ((least == Long.MIN_VALUE) ? "" : " from " + least + " to " + Integer.MAX_VALUE) + ", not " + value);
	}

}
