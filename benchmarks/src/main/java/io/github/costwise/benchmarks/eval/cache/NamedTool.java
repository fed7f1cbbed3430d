package io.github.costwise.benchmarks.eval.cache;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A tool that is offered and never called. */
final class NamedTool implements ToolCallback {

	private final ToolDefinition definition;

	NamedTool(String name, String description, String schema) {
		this.definition = ToolDefinition.builder().name(name).description(description).inputSchema(schema).build();
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.definition;
	}

	@Override
	public String call(String input) {
		throw new IllegalStateException("Not meant to be called");
	}

}
