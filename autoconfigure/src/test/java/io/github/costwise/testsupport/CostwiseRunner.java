package io.github.costwise.testsupport;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.spi.CostListener;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.spi.UsageLedger.LedgerEvent;

/**
 * Runs application contexts with everything that Costwise configures, and reads their
 * ledger.
 *
 * @since 0.1.0
 */
public final class CostwiseRunner {

	private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

	private CostwiseRunner() {
	}

	/**
	 * Returns a runner with the auto-configurations of Costwise, Spring AI's ChatClient,
	 * AOP and observations, and no chat model.
	 * @return the runner
	 */
	public static ApplicationContextRunner create() {
		List<Class<?>> types = new ArrayList<>(List.of(AopAutoConfiguration.class, ChatClientAutoConfiguration.class,
				ToolCallingAutoConfiguration.class, ObservationAutoConfiguration.class));
		for (String name : ImportCandidates.load(org.springframework.boot.autoconfigure.AutoConfiguration.class,
				null)) {
			if (name.startsWith("io.github.costwise.")) {
				types.add(type(name));
			}
		}
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(types.toArray(new Class<?>[0])))
			.withBean("trace", CostListener.class, Trace::current);
		return Trace.isOn() ? traced(runner) : runner;
	}

	/**
	 * Returns a runner whose trace tells what callers are given, too.
	 * @return the runner
	 */
	public static ApplicationContextRunner traced() {
		return Trace.isOn() ? create() : traced(create());
	}

	private static ApplicationContextRunner traced(ApplicationContextRunner runner) {
		return runner.withBean("traceClients", TraceClients.class, TraceClients::new);
	}

	/**
	 * Returns every event of the ledger, newest first.
	 * @param context the application
	 * @return turns with their calls
	 */
	public static List<LedgerEvent> events(ApplicationContext context) {
		return context.getBean(UsageLedger.class).recent(new LedgerFilter(null, null, null, null, null, 1000));
	}

	/**
	 * Returns every call of the ledger.
	 * @param context the application
	 * @return the calls, oldest first
	 */
	public static List<CallRecord> calls(ApplicationContext context) {
		List<CallRecord> calls = new ArrayList<>();
		context.getBean(UsageLedger.class).forEachCall(Instant.EPOCH, END, calls::add);
		return calls;
	}

	/**
	 * Returns the sum of the whole ledger.
	 * @param context the application
	 * @return the sum
	 */
	public static CostSummary total(ApplicationContext context) {
		return context.getBean(UsageLedger.class)
			.summarize(new LedgerQuery(Instant.EPOCH, END, LedgerQuery.Dimension.ALL))
			.get(0);
	}

	private static Class<?> type(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Consumes a running application. */
	@FunctionalInterface
	public interface ContextConsumer {

		/**
		 * Uses the application.
		 * @param context the application
		 */
		void accept(ApplicationContext context);

	}

}
