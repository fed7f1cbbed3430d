package io.github.costwise.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;

import io.github.costwise.benchmarks.eval.EvalRunner;

/**
 * Runs the JMH benchmarks or an evaluation command.
 *
 * @since 0.1.0
 */
public final class BenchmarksMain {

	private BenchmarksMain() {
	}

	/**
	 * Runs what the first argument names.
	 * @param args {@code jmh} or {@code eval}, followed by their own arguments
	 * @throws IOException if JMH cannot write
	 */
	public static void main(String[] args) throws IOException {
		String[] rest = (args.length > 0) ? Arrays.copyOfRange(args, 1, args.length) : args;
		if (args.length > 0 && args[0].equals("jmh")) {
			org.openjdk.jmh.Main.main(rest);
			return;
		}
		if (args.length == 0 || !args[0].equals("eval")) {
			System.err.println("usage: java -jar benchmarks.jar jmh [JMH OPTIONS]\n" + EvalRunner.usage());
			System.exit(2);
		}
		System.exit(evaluate(rest));
	}

	/**
	 * Runs an evaluation command with everything that others print sent to standard
	 * error, so that standard output holds the result alone.
	 */
	private static int evaluate(String[] args) {
		System.setProperty("logging.config", "classpath:benchmarks-logback.xml");
		PrintStream out = System.out;
		System.setOut(System.err);
		return new EvalRunner(out, System.err).run(args);
	}

}
