package io.github.costwise.benchmarks.eval;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.background.Background;
import io.github.costwise.embedding.OnnxSettings;
import io.github.costwise.embedding.OnnxTextEncoder;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;

/**
 * Finds and runs evaluation commands.
 *
 * @since 0.1.0
 */
public final class EvalRunner {

	private static final int FAILED = 1;

	private static final int MISUSED = 2;

	/** Loads nothing until a text is encoded, and lives as long as the process. */
	private static final TextEncoder encoder = new OnnxTextEncoder(OnnxSettings.miniLm(), new Background(new Faults()));

	private static final List<EvalCommand> commands = List.of(new BillCommand(), new BudgetsCommand(),
			new CalibrateCommand(encoder), new CatalogCommand(), new FitRoutingCommand(), new GateCommand(),
			new IsolationCommand(), new LookupCommand(), new MultiTurnCommand(encoder), new OverheadCommand(),
			new PairsCommand(encoder), new PriorCommand(encoder), new RouteCommand(), new StabilityCommand(),
			new StartupCommand(), new StreamCommand(encoder), new TextCommand(encoder), new UsageCommand());

	private final PrintStream out;

	private final PrintStream err;

	/**
	 * Creates a runner.
	 * @param out receives the result, one JSON object on a line
	 * @param err receives progress and problems
	 */
	public EvalRunner(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Returns how to call the commands.
	 * @return a text of several lines
	 */
	public static String usage() {
		return commands.stream().map(EvalRunner::usageOf).collect(Collectors.joining("\n"));
	}

	/**
	 * Runs a command.
	 * @param args its name and its options
	 * @return the exit code: 0 after a result, 2 when the call or its input is wrong, 1
	 * when it failed otherwise
	 */
	public int run(String... args) {
		try {
			EvalCommand command = find(args);
			run(command, Options.parse(Arrays.asList(args).subList(1, args.length), command.options()));
			return 0;
		}
		catch (UsageException ex) {
			this.err.println(ex.getMessage() + "\n" + usage());
			return MISUSED;
		}
		catch (BadInputException ex) {
			this.err.println(ex.getMessage());
			return MISUSED;
		}
		catch (Exception ex) {
			ex.printStackTrace(this.err);
			return FAILED;
		}
	}

	private void run(EvalCommand command, Options options) throws Exception {
		Map<String, Object> result = command.run(options, this.err::println);
		this.out.println(JsonMapper.shared().writeValueAsString(result));
		this.out.flush();
	}

	private static EvalCommand find(String[] args) {
		if (args.length == 0) {
			throw new UsageException("no command is given");
		}
		return commands.stream()
			.filter((command) -> command.name().equals(args[0]))
			.findFirst()
			.orElseThrow(() -> new UsageException("unknown command " + args[0]));
	}

	private static String usageOf(EvalCommand command) {
		return "usage: java -jar benchmarks.jar eval " + command.name()
				+ command.options().stream().map((option) -> " " + option).collect(Collectors.joining());
	}

}
