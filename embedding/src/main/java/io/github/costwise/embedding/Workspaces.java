package io.github.costwise.embedding;

import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;

import io.github.costwise.spi.TextEncodingException;

/**
 * As many workspaces as texts may be encoded at the same time; who finds none waits.
 * Native code runs with a workspace in hand only, so that closing can wait for it.
 * Thread-safe.
 */
final class Workspaces {

	private final BlockingDeque<Workspace> free = new LinkedBlockingDeque<>();

	private final int size;

	private volatile boolean closed;

	Workspaces(int size) {
		this.size = size;
		for (int i = 0; i < size; i++) {
			this.free.add(new Workspace());
		}
	}

	/** The one used last comes first, as its memory is still near. */
	<T> T with(Function<Workspace, T> action) {
		Workspace workspace = take();
		try {
			if (this.closed) {
				throw new TextEncodingException("The text encoder is closed.", null);
			}
			return action.apply(workspace);
		}
		finally {
			this.free.addFirst(workspace);
		}
	}

	private Workspace take() {
		try {
			return this.free.takeFirst();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TextEncodingException("Interrupted while waiting for the text encoder.", ex);
		}
	}

	/** Waits for what is in flight and lets nothing follow. */
	synchronized void close(Runnable action) {
		if (this.closed) {
			return;
		}
		this.closed = true;
		boolean interrupted = false;
		for (int taken = 0; taken < this.size;) {
			try {
				this.free.takeFirst();
				taken++;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		action.run();
		for (int i = 0; i < this.size; i++) {
			this.free.add(new Workspace());
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
