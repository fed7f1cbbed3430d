package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.metadata.ToolMetadata;

import io.github.costwise.CostScope;
import io.github.costwise.CostStop;
import io.github.costwise.pipeline.CostTurn;

/**
 * Runs a tool inside the turn that called it, on whichever thread the tool loop chose.
 */
final class ScopedToolCallback implements ToolCallback {

	private static final int DEEPEST = 16;

	private final ToolCallback delegate;

	private final CostTurn turn;

	ScopedToolCallback(ToolCallback delegate, CostTurn turn) {
		this.delegate = delegate;
		this.turn = turn;
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.delegate.getToolDefinition();
	}

	@Override
	public ToolMetadata getToolMetadata() {
		return this.delegate.getToolMetadata();
	}

	@Override
	public String call(String toolInput) {
		this.turn.toolRan(getToolDefinition().name());
		try (CostScope.Opened inner = this.turn.innerScope().open()) {
			return this.delegate.call(toolInput);
		}
		catch (ToolExecutionException ex) {
			throw stopped(ex);
		}
	}

	@Override
	public String call(String toolInput, @Nullable ToolContext toolContext) {
		this.turn.toolRan(getToolDefinition().name());
		try (CostScope.Opened inner = this.turn.innerScope().open()) {
			return this.delegate.call(toolInput, toolContext);
		}
		catch (ToolExecutionException ex) {
			throw stopped(ex);
		}
	}

	/**
	 * A limit that was reached inside the tool ends the turn: as text for the model it
	 * would be tried again.
	 */
	private RuntimeException stopped(ToolExecutionException failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
			if (cause instanceof CostStop && cause instanceof RuntimeException stop) {
				this.turn.refused(stop);
				return stop;
			}
			cause = cause.getCause();
		}
		return failure;
	}

}
