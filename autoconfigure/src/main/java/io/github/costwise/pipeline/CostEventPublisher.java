package io.github.costwise.pipeline;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.CostListener;

/**
 * Hands events to all who listen. One that throws keeps nothing from the others, nor from
 * the call. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostEventPublisher {

	private final Supplier<List<CostListener>> listeners;

	private final Consumer<CostEvent> application;

	private final Faults faults;

	/**
	 * Creates a publisher.
	 * @param listeners finds the listeners, in their order
	 * @param application publishes an event in the application
	 * @param faults counts what listeners throw
	 */
	public CostEventPublisher(Supplier<List<CostListener>> listeners, Consumer<CostEvent> application, Faults faults) {
		this.listeners = listeners;
		this.application = application;
		this.faults = faults;
	}

	/**
	 * Publishes an event.
	 * @param event the event
	 */
	public void publish(CostEvent event) {
		this.listeners.get().forEach((listener) -> this.faults.guard(Faults.Kind.LISTENER, () -> listener.on(event)));
		this.faults.guard(Faults.Kind.LISTENER, () -> this.application.accept(event));
	}

}
