package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

/** One evaluation command. */
interface EvalCommand {

	/**
	 * Returns the name by which it is called.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the options it takes.
	 * @return the options, in the order in which the usage text shows them
	 */
	List<Option> options();

	/**
	 * Runs the command.
	 * @param options the options given
	 * @param progress receives what is going on
	 * @return the keys and values of the result
	 * @throws Exception if it cannot be run to its end
	 */
	Map<String, Object> run(Options options, Progress progress) throws Exception;

	/**
	 * An option.
	 *
	 * @param name the name, without dashes
	 * @param value what stands for its value in the usage text
	 * @param required whether the command needs it
	 */
	record Option(String name, String value, boolean required) {

		static final Option SEED = new Option("seed", "S", false);

		@Override
		public String toString() {
			String text = "--" + this.name + " " + this.value;
			return this.required ? text : "[" + text + "]";
		}

	}

	/** Receives what is going on. */
	@FunctionalInterface
	interface Progress {

		/**
		 * Takes a line.
		 * @param line the line
		 */
		void say(String line);

	}

}
