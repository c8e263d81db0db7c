import globals from 'globals';
import tseslint from 'typescript-eslint';

const noWallClock = {
  selector:
    "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Take the instant from the input (asOfMs) or from a Clock: see docs/decisions/0006-one-clock.md.',
};
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a const array and its union type.' };

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'coverage'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 300],
      'no-restricted-syntax': ['error', noDefaultExport, noEnum],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    files: ['workflows/**/*.ts', 'shared/domain/**/*.ts', 'activities/**/*.ts', 'directory/**/*.ts'],
    ignores: ['workflows/**', 'activities/ports/system-clock.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum, noWallClock] },
  },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
);
