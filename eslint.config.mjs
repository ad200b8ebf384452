import js from '@eslint/js'
import {defineConfig, globalIgnores} from 'eslint/config'
import importSort from 'eslint-plugin-simple-import-sort'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['dist/', 'coverage/']),
  js.configs.recommended,
  {
    // Of Node, of packages, of this project.
    files: ['**/*.{ts,mjs}'],
    plugins: {'import-sort': importSort},
    rules: {'import-sort/imports': ['error', {groups: [['^node:'], ['^@?\\w'], ['^\\.']]}]},
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {parserOptions: {projectService: true}},
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true, allowBoolean: true}],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      // An empty environment variable or answer counts as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', {ignorePrimitives: {string: true}}],
      '@typescript-eslint/no-unused-vars': ['error', {ignoreRestSiblings: true}],
      'no-console': 'error',
    },
  },
  {
    // lib answers with data; what prints, prompts and exits is in src/cli (docs/architecture.md, .dependency-cruiser.mjs).
    files: ['src/lib/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['stdin', 'stdout', 'stderr', 'exit', 'exitCode'].map((property) => ({object: 'process', property})),
      ],
    },
  },
  {
    // A command is read on one page; what is not its own business is in src/cli, its output and lib (docs/architecture.md).
    files: ['src/commands/**'],
    rules: {'max-lines': ['error', 60]},
  },
  {
    // What a person is to type works as it stands (src/lib/command-line.ts).
    files: ['src/**'],
    ignores: ['src/lib/error-codes.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Literal[value=', 'TemplateElement[value.raw='].map((node) => ({
          selector: `${node}/\\baka (twilio|addons:\\w+ twilio)/]`,
          message: 'A command line that a person is to type comes from ourCommand().',
        })),
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'require', 'module', 'exports', '__dirname', 'URL', 'performance', 'Buffer'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
)
